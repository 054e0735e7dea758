package org.stratobox.crypto.envelope;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.key.ScopeKey;
import org.stratobox.crypto.key.SystemEntropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.stratobox.crypto.KnownAnswers.hex;

/// The envelopes of `format.md` 3.16. They must never change within v1: every blob ever stored has these keys.
class EnvelopeVectorTest {
    private static final ScopeKey FOLDER = KnownAnswers.folder();

    @SuppressWarnings("ArrayRecordComponent")
    record Vector(String name, Suite suite, byte[] body, int size, String salt, String readKey, String commit,
            String key,
            String nonce, String ciphertext, String tag, String sha256, String cid) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() {
        byte[] hello = "hello, mesh\n".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                new Vector("hello, suite 1", Suite.AES_256_GCM, hello, 4096,
                        "055f916b96fbb4ac478a77cc7ce4101be3e16d21cc845afa6335e24554db3b2e",
                        "0a4a3e62a0abdc0ff037324d5f31724c51e13f34148ee9200a02840fbb725d92",
                        "e26e5360053e096e91850f89748694befb0a4d8606c4dd8eef08db179e977e9d",
                        "72f742fd24b72a1c3b187967a08eb7981e363f2fb5191f9787b668517ca1d7c5",
                        "f4404d529676d22a365fc108", "863aee5551a59fc1d14c5d02d349bd75",
                        "6789d6a7d985034c3e74dbab41fa5590",
                        "18c592ba3e8936c5553984a3966be38e4ed524c45f33f4a4031a7045b916533e",
                        "bafkreiayywjlupujg3cvkomeuolgxy4oj3ksjrc7gp2kiay2obc3sfsthy"),
                new Vector("hello, suite 2", Suite.CHACHA20_POLY1305, hello, 4096,
                        "4b6b58f241aca3a92ca44feb4393d999eb3713e9320ccf8a834af7b208f1a12a",
                        "1aef8d250d881c9222bdf5ef504ad02fc37f370e1bc1ef6f32cd2fe56a936295",
                        "22ca3111ea1dea6d16c8f3920880f0a69262ba483e28d3ec5d8afd2fa4b8a878",
                        "b845b6da46468e05ec9e500e23ea005900d99eb1fd1942ec548e6822fa5b2c1b",
                        "662719f8978dc0581e34a507", "85db3ce165e2ac6e128149c1bff7115f",
                        "87adbb39b9f44c1efe0fbd37e70b437a",
                        "dd2b4f0ece7785f5d5aa7031d606d373276a47cd024b7526156cdf44e9040500",
                        "bafkreig5fnhq5ttxqx25lktqghlanu3te5vepticjn2smflm35cosbafaa"),
                new Vector("empty, suite 1", Suite.AES_256_GCM, new byte[0], 4096,
                        "7ecacf7a6fe6b3682c16d4188a7591a500510984acfe99d7be0e433343b86ee6",
                        "0f820cc6e26b75e324fe2f2f3552ecb5c38827de6fa492fc1c155ffa410dec37",
                        "bd5586339f27f252923f9ab29713e012e5d70a54d548e769ebaef92bedbb1c46",
                        "4c0624b4bbca4182ad2def10d0d5e104d7df192bbf57a6ce7686aaf5c154c0b1",
                        "37ded78c6831efc15685aae2", "212f3a704f3592503f893a09282f53a6",
                        "e67432a73e557840959ea137f1121eca",
                        "b343d861097f174d21eafd145576f3d2c37ef017b268f1b71650fcd67731ce77",
                        "bafkreiftipmgccl7c5gsd2x5crkxn46syn7paf5sndy3ofsq7tlhomooo4"),
                new Vector("longest, suite 1", Suite.AES_256_GCM, repeated(0x61, 1_048_476), 1_048_576,
                        "004a1f2d911155e54e2c6f76bc20fdecc6798d6c47040f344b388ed35037f441",
                        "d8eed92c95009ee66989362b79b910495e84049e25f4ef2e93236b9883d2e674",
                        "e1eaa673b7bfb482353cb3d5fdf740e7c8918f6bb9e86c0e3989707faddff9ef",
                        "3de4aa7d11d58b39a825529f394871d2d2c46c57b2778122873b4163c63acd90",
                        "17446786290d712de62e11cb", "5c928d6152b99a1be0949ad85029cca6",
                        "889654fad50590c4782deb796eb5e22d",
                        "ced1c05b384fa2c7c173da83f0b92a325fbcf0e6e728b940386fb33d7436352a",
                        "bafkreigo2hafwocpuld4c462qpylskrsl66pbzxhfc4uaodpwm6xinrvfi"),
                new Vector("5000 times b, suite 1", Suite.AES_256_GCM, repeated(0x62, 5000), 5120,
                        "2b5b19e2f9e9f478f19079251fb057425fc61ce79a68eebeea97ac3f8048a9c9",
                        "89828d25f2b8f529305beb2edd9640dd4666c27b072a90815bf464e5d2952d27",
                        "4ae2db78e5718b6843a634d6f5d6f58f48d444c7931b338e290fa9a1048c91e2",
                        "e3f394155ad4aabc539cd2c479f9974bafc073246f8b27bcb012e109cea23479",
                        "d7ae8d2447fafae3e027b521", "2a00332be2084fecfa81f90a9070cbbb",
                        "668c44d0eafdedce7a6cafcb0d89fe9e",
                        "ce43aaf7f31c45fb75bf9282c29d79d00627e3ffd50d0e2318588a217ee68042",
                        "bafkreigoiovpp4y4ix5xlp4sqlbj26oqayt6h76vbuhcggcyriqx5zuaii"));
    }

    private static byte[] repeated(int value, int count) {
        byte[] out = new byte[count];
        Arrays.fill(out, (byte) value);
        return out;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void sealGivesTheKnownAnswer(Vector v) {
        SealedObject sealed = new Sealer(FOLDER, v.suite(), new SystemEntropy()).seal(ObjectType.CHUNK, v.body());
        byte[] e = sealed.envelope();
        assertEquals(v.size(), e.length);
        assertEquals("53425801" + "0" + v.suite().code() + "000000", part(e, 0, 8));
        assertEquals(v.salt(), part(e, 8, 40));
        assertEquals(v.readKey(), hex(sealed.capability().readKey()));
        assertEquals(v.commit(), part(e, 40, 72));
        assertEquals(v.ciphertext(), part(e, 72, 88));
        assertEquals(v.tag(), part(e, e.length - 16, e.length));
        assertEquals(v.sha256(), sealed.capability().cid().digest().hex());
        assertEquals(v.cid(), sealed.capability().cid().text());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void keyAndNonceAreTheKnownAnswer(Vector v) {
        SealedObject sealed = new Sealer(FOLDER, v.suite(), new SystemEntropy()).seal(ObjectType.CHUNK, v.body());
        try (BlobKeys keys = BlobKeys.of(sealed.capability().readKey(),
                Envelope.context(v.suite(), ObjectType.CHUNK))) {
            assertEquals(v.key(), hex(keys.key()));
            assertEquals(v.nonce(), hex(keys.nonce()));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void openGivesTheBodyBack(Vector v) throws CryptoException {
        SealedObject sealed = new Sealer(FOLDER, v.suite(), new SystemEntropy()).seal(ObjectType.CHUNK, v.body());
        assertArrayEquals(v.body(), Opener.open(sealed.capability(), ObjectType.CHUNK, sealed.envelope()));
        assertArrayEquals(v.body(),
                Opener.open(FOLDER, sealed.capability().cid(), ObjectType.CHUNK, sealed.envelope()));
        assertEquals(sealed.capability(), Opener.capability(FOLDER, ObjectType.CHUNK, sealed.envelope()));
    }

    @ParameterizedTest
    @CsvSource({"1,4096", "100,4096", "4096,4096", "4097,4352", "5088,5120", "10000,10240", "65536,65536",
        "65537,67584",
        "100000,100352", "524289,540672", "1000000,1015808", "1048576,1048576"})
    void sizeClassIsTheKnownAnswer(int n, int padded) {
        assertEquals(padded, Envelope.sizeClass(n));
    }

    @Test
    void typeCodesAreThoseOfTheFormat() {
        assertEquals(
                "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 32, 33]",
                Arrays.stream(ObjectType.values()).map(ObjectType::code).toList().toString());
        for (ObjectType type : ObjectType.values()) {
            assertEquals(type, ObjectType.of(type.code()).orElseThrow());
        }
        assertEquals(18, IntStream.range(-10, 300).filter(c -> ObjectType.of(c).isPresent()).count());
    }

    private static String part(byte[] bytes, int from, int to) {
        return hex(Arrays.copyOfRange(bytes, from, to));
    }
}
