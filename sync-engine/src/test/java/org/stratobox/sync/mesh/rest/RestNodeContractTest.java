package org.stratobox.sync.mesh.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.sync.mesh.Bandwidth;
import org.stratobox.sync.mesh.MeshNode;
import org.stratobox.sync.mesh.MeshNodeContract;
import org.stratobox.sync.mesh.NodeCredentials;
import org.stratobox.sync.mesh.NodeException;
import org.stratobox.sync.mesh.RetryPolicy;
import org.stratobox.sync.mesh.RetryingNode;
import org.stratobox.sync.mesh.Space;
import org.stratobox.sync.mesh.TestNodes;
import org.stratobox.sync.mesh.ThrottledNode;
import org.stratobox.sync.model.ObjectName;
import org.stratobox.sync.node.EmbeddedNode;
import org.stratobox.sync.node.NodeConfig;
import org.stratobox.sync.task.ManualTicker;

import okhttp3.tls.HeldCertificate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/// The REST adapter against our own server, in every way it can be reached.
class RestNodeContractTest {
    abstract static class OverEmbeddedNode extends MeshNodeContract {
        @TempDir
        private Path place = Path.of("");
        private Optional<Running> running = Optional.empty();

        record Running(ExecutorService executor, EmbeddedNode server, RestClient client) {}

        NodeConfig configure(NodeConfig base, Path folder) throws Exception {
            return base;
        }

        NodeCredentials credentials() {
            return new NodeCredentials.None();
        }

        String address(String url) {
            return url;
        }

        @BeforeEach
        @Override
        protected void openTheNode() throws Exception {
            ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
            NodeConfig config = configure(NodeConfig.loopback(place.resolve("served")), place);
            running = Optional.of(new Running(executor, EmbeddedNode.start(config, executor), RestClient.create()));
            super.openTheNode();
        }

        @AfterEach
        @Override
        protected void closeTheNodes() {
            super.closeTheNodes();
            Running all = running.orElseThrow();
            all.client().close();
            all.server().close();
            all.executor().close();
        }

        MeshNode open(String accountTagHex, String url, NodeCredentials credentials) {
            return RestNode.open(TestNodes.spec(), url, accountTagHex, credentials, running.orElseThrow().client());
        }

        String url() {
            return address(running.orElseThrow().server().url());
        }

        @Override
        protected MeshNode open(String accountTagHex) {
            return open(accountTagHex, url(), credentials());
        }
    }

    @Nested
    class Plain extends OverEmbeddedNode {}

    @Nested
    class BelowAPrefix extends OverEmbeddedNode {
        @Override
        String address(String url) {
            return url + "some/user/";
        }
    }

    @Nested
    class Retried extends OverEmbeddedNode {
        @Override
        protected MeshNode open(String accountTagHex) {
            return new RetryingNode(super.open(accountTagHex), RetryPolicy.DEFAULT, () -> 0.5, time -> {});
        }
    }

    @Nested
    class Throttled extends OverEmbeddedNode {
        private final ManualTicker ticker = new ManualTicker();
        private final Bandwidth bandwidth = new Bandwidth(ticker, ticker::pass);

        @Override
        protected MeshNode open(String accountTagHex) {
            bandwidth.change(OptionalLong.of(100_000), OptionalLong.of(50_000));
            return new ThrottledNode(super.open(accountTagHex), bandwidth);
        }

        @Test
        void bytesTravelEvenlyAtTheRateThatIsSet() throws Exception {
            MeshNode node = open(TestNodes.ACCOUNT);
            byte[] body = TestNodes.body(40, 4_000_000);
            long start = ticker.nanos();
            ObjectName name = TestNodes.store(node, Space.DATA, body);
            long sent = ticker.nanos();
            assertArrayEquals(body, node.get(Space.DATA, name));
            long received = ticker.nanos();
            // less what a bucket holds at the start
            assertEquals(39.0, (sent - start) / 1e9, 4);
            assertEquals(78.7, (received - sent) / 1e9, 8);
            // nothing is left to be paid afterwards
            TestNodes.store(node, Space.DATA, TestNodes.body(41, 10));
            assertEquals(0, (ticker.nanos() - received) / 1e9, 1);
        }
    }

    @Nested
    class WithPassword extends OverEmbeddedNode {
        private static final String SECRET = "user:pass:wörd";

        @Override
        NodeConfig configure(NodeConfig base, Path folder) {
            return base.withAccess(NodeCredentials.parse(Optional.of(SECRET)));
        }

        @Override
        NodeCredentials credentials() {
            return NodeCredentials.parse(Optional.of(SECRET));
        }

        @Test
        void everyCallIsRefusedWhenThePasswordIsWrongOrMissing() {
            for (String wrong : new String[]{"", "user:pass:word", "user:", "token", "User:pass:wörd"}) {
                MeshNode node = open(TestNodes.ACCOUNT, url(), NodeCredentials.parse(Optional.of(wrong)));
                assertThrows(NodeException.Refused.class, node::isPrepared);
                assertThrows(NodeException.Refused.class, node::prepare);
                assertThrows(NodeException.Refused.class,
                        () -> TestNodes.store(node, Space.DATA, TestNodes.body(1, 3 << 20)));
            }
        }
    }

    @Nested
    class WithToken extends OverEmbeddedNode {
        @Override
        NodeConfig configure(NodeConfig base, Path folder) {
            return base.withAccess(credentials());
        }

        @Override
        NodeCredentials credentials() {
            return NodeCredentials.parse(Optional.of("a-long-token"));
        }
    }

    @Nested
    class OverTls extends OverEmbeddedNode {
        private final HeldCertificate certificate = new HeldCertificate.Builder().commonName("node").build();

        @Override
        NodeConfig configure(NodeConfig base, Path folder) throws Exception {
            Path file = folder.resolve("node.p12");
            writePkcs12(certificate, file, "sesame");
            NodeConfig.Tls tls = new NodeConfig.Tls(file,
                    Secret.takeOwnership("sesame".getBytes(StandardCharsets.UTF_8)));
            return base.withListen(new NodeConfig.Listen("127.0.0.1", 0, Optional.of(tls)));
        }

        @Override
        String address(String url) {
            byte[] key = certificate.certificate().getPublicKey().getEncoded();
            return url + "#sha256=" + Sha256.of(key).hex();
        }

        @Test
        void nodeIsRefusedWhenNobodyVouchesForItsCertificate() {
            String unpinned = url().substring(0, url().indexOf('#'));
            MeshNode node = open(TestNodes.ACCOUNT, unpinned, credentials());
            assertThrows(NodeException.Refused.class, node::isPrepared);
        }

        @Test
        void nodeIsRefusedWhenItsKeyIsNotThePinnedOne() {
            String otherPin = url().substring(0, url().length() - 4) + "0000";
            MeshNode node = open(TestNodes.ACCOUNT, otherPin, credentials());
            var e = assertThrows(NodeException.Refused.class, node::prepare);
            assertTrue(String.valueOf(e.getMessage()).contains("certificate"));
        }
    }

    static void writePkcs12(HeldCertificate held, Path file, String password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        PrivateKey key = held.keyPair().getPrivate();
        store.setKeyEntry("node", key, password.toCharArray(), new Certificate[]{held.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }
}
