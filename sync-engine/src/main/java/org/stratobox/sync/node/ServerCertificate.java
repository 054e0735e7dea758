package org.stratobox.sync.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The certificate of a node, from a PKCS #12 file.
final class ServerCertificate {
    private ServerCertificate() {}

    static SSLContext load(NodeConfig.Tls tls) throws IOException {
        byte[] utf8 = tls.password().exposeCopy();
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
        char[] password = new char[decoded.remaining()];
        decoded.get(password);
        try (InputStream in = Files.newInputStream(tls.pkcs12())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("The certificate cannot be read: is it a PKCS #12 file, is its password right?", e);
        } finally {
            Arrays.fill(utf8, (byte) 0);
            Arrays.fill(decoded.array(), '\0');
            Arrays.fill(password, '\0');
        }
    }
}
