package org.stratobox.crypto.wallet;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.CryptoException;
import org.stratobox.crypto.KnownAnswers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.stratobox.crypto.KnownAnswers.hex;

/// The vectors of `stratos-sds.md` 4.2 and 4.3.
class StratosWalletTest {
    private static final String ORDER = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    private static final String NETWORK_ADDRESS = "st144ykkar9fhl8khs7lwz0s7py9vj4w9adp37kt9";
    private static final String NETWORK_KEY = "stpub1q0ska45w724dy0n0jujuqcvn2c80fa9c69dth0v9flacxrxp7w2rsncclps";
    private static final String NETWORK_SIGNATURE = "178e5a84d721d8893b402fb502cbd66dbc349536f720bdaabd1674cd99e3a527"
            + "2cd8a40ba0da9a61fe71abb1d0c4530de44983531b99d0e349a801e46c7b16d100";
    private static final String H = "v05j1m571efv3vuk3tq7airrfglanjvts4jrd4l8";
    private static final String SN = "SN:0000000000000000028";

    @ParameterizedTest
    @CsvSource({
        "1, 0, e3df8df9b971c35167691356293a15e511df59520f8ff64a74afbf4293aebadd, 03258d3a4003527ec82d93553d419c66b976681d09dba38b02a84bb80e45071f27, st18yesadx3t8x3jjsygpqeqzh0j7xh2vh66945zx, stpub1qvjc6wjqqdf8ajpdjd2n6svuv6uhv6qap8d68zcz4p9msrj9qu0jw80w6lv",
        "1, 1, 6f02be0038129ef4ab7ac093e839f0c6e3697d6d718e9344f97a1d7022bdb5b7, 02add08ba2a8ae14af808672515240e68d7bd29ea56c006a04263b8a73c2f74882, st1jyvtwupfrzxgendxpuc94h5n9z9277cq3e742k, stpub1q2kapzaz4zhpftuqsee9z5jqu6xhh55754kqq6syycac5u7z7aygynt78gw",
        "2, 0, a7f6e8c1d475a4b8838b4287a311cc60be82d2a04bb5a8e8bdb023500c35fca3, 0332fdf089665b4d19a51240c207f4312c41a1a6271e807c8d503de6f464d39fc4, st1sc8fsh92qdjv6uc7nn94hnaa6wd60f3q96ssng, stpub1qve0muyfved56xd9zfqvypl5xykyrgdxyu0gqlyd2q77dary6w0ug33jqv3",
        "3, 0, 17f38da09a32d500632b261f21c15eca8db0d19559f28fcf5124253b087ac005, 03b6b480ae44656d204b7e6847f48f88a18b867cc896bc4bac64313d0e8c975d42, st1gtrn0cxk3t56lqkjfdjd4zv5z7er4qkww5drf9, stpub1qwmtfq9wg3jk6gzt0e5y0ay03zschpnuezttcjavvscn6r5vjaw5yzu5z6s"})
    void keysAreThoseOfTheVectors(int phrase, int index, String privateKey, String publicKey, String address,
            String text) throws CryptoException {
        Bip32Key key = Bip32KeyTest.derive(hex(Phrases.seed(phrase(phrase)).expose()), "m/44H/606H/0H/0/" + index);
        assertEquals(privateKey, hex(key.exposePrivateKey()));
        assertEquals(publicKey, hex(key.publicKey()));
        StratosWallet wallet = Phrases.wallet(phrase(phrase), index);
        assertEquals(address, wallet.address());
        assertEquals(text, wallet.publicKeyText());
        assertEquals(publicKey, hex(Bech32.decode("stpub", text).orElseThrow()));
    }

    @ParameterizedTest
    @CsvSource({"m/44H/60H/0H/0/0, st1npvwllfr9dqr8erajqqr6s0vxnk2ak554axe78",
        "m/44H/118H/0H/0/0, st10sds9dt423w57fpy8s3fhjd9autynv6xkmgcft"})
    void addressesOfOtherPathsAreOthers(String path, String address) throws CryptoException {
        assertEquals(address, StratosWallet.address(Bip32KeyTest.derive(KnownAnswers.SEED, path).publicKey()));
    }

    @ParameterizedTest
    @CsvSource({
        "v05j1m52cpb623fjop3gjvjrbfucv59taq9t7pq8{A}SN:00000000000000000281700000000, 41e9bc96dcb2da316bb33436fd5e606f36ede30b8caeddd21280fd972e6f1a247eeaf29e0da1c9589b68cb6001a715fda2697396d09e75d328e1f4dd383ffe8200",
        "v05j1m52cpb623fjop3gjvjrbfucv59taq9t7pq8{A}1700000000, 395e5a2a71ffef533f1659015356e32725be90a9f13b94d4b028f5a906022e9b13cd071bab1abc3b79db7cd88cbf80200c5cabbe0bd80a642d218de48d3583f901",
        "{A}1700000000, e1ddd42fb042f9608c5c2f958fbf8741c57f4a784affe8cf5407a6e3d24323311a610de87894ff6b791db4847cb0e7f6b0c20fb6e216d829e23af8117932687a01",
        "0123456789abcdef_0123456789_abcdef{A}1700000000, e5fbceeee40231228de8089b67734bb5d35a32f3333a2d7829849f0abfa5665705cd375b9eedd469d1c55166a002c840af4b42e01c144c1c631bb3cc5268349701",
        "0123456789abcdef_0123456789_abcdef{A}SN:00000000000000000281700000000, 723ee066aeb0591a2d3565f0d91448fd615e0cdaf1eac156b85a42c8e65e23cf57c8dd079a5bc6d3b07ecfb49892126feefd8eb384f771e3069a8c2b6b8fc41701"})
    void signaturesAreThoseOfTheVectors(String message, String signature) throws CryptoException {
        StratosWallet wallet = Phrases.wallet(Phrases.M2, 0);
        byte[] bytes = ascii(message.replace("{A}", wallet.address()));
        assertEquals(signature, hex(wallet.sign(bytes)));
        assertTrue(StratosWallet.verify(wallet.publicKeyText(), bytes, hex(signature)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 26c47700b5a0f2fce3038f9fde4d015756202c4d7897f9c83cde1d10b7cb2c7020462bb9cfaaafaa71fe8f76fbceb524e362b0dd0733e4ae663926263b29047200",
        "1, 1, fb2a2bad99ee3d7b32b4946031c2cbc21e22e2564495c86ddd759bb3db24953101a0e072a1b95832b8e2b52f0fc5c0cb044ea121b2e56c552a21598aa0f9781900",
        "3, 0, fc0df2530defc5ca72cf15b747077ad588f08c3c4ed3902eafa8070e8898490c4b15d0cee6df336cec5a26a793f891117197734ce3d1da94228246c1939bf0bb01"})
    void signatureIsTheVectorsWhenItsFirstBitIsSetOrNot(int phrase, int index, String signature)
            throws CryptoException {
        StratosWallet wallet = Phrases.wallet(phrase(phrase), index);
        assertEquals(signature, hex(wallet.sign(ascii(H + wallet.address() + SN + "1701267007"))));
    }

    @ParameterizedTest
    @CsvSource({"v05j1m571efv3vuk3tq7airrfglanjvts4jrd4l8{A}SN:00000000000000000281701267007, " + NETWORK_SIGNATURE,
        "{A}1701313602, 75d54f5b302d5c9d34ba0fe70153b4a1d7b6e54be90585ab706dc97ce038da4431a4053f976c14d1227af2a14b5a61a5133da634380e9d7ba67830cc52c2ec5001"})
    void verifyAcceptsWhatARealNetworkAccepted(String message, String signature) {
        byte[] bytes = ascii(message.replace("{A}", NETWORK_ADDRESS));
        assertEquals(NETWORK_ADDRESS, StratosWallet.address(Bech32.decode("stpub", NETWORK_KEY).orElseThrow()));
        assertTrue(StratosWallet.verify(NETWORK_KEY, bytes, hex(signature)));
        assertTrue(StratosWallet.verify(NETWORK_KEY, bytes, Arrays.copyOf(hex(signature), 64)));
        bytes[0] ^= 1;
        assertFalse(StratosWallet.verify(NETWORK_KEY, bytes, hex(signature)));
    }

    @Test
    void verifyRefusesWhenSIsInTheUpperHalf() {
        byte[] message = ascii(H + NETWORK_ADDRESS + SN + "1701267007");
        byte[] high = Arrays.copyOf(hex(NETWORK_SIGNATURE), 64);
        byte[] s = new BigInteger(ORDER, 16)
                .subtract(new BigInteger(1, Arrays.copyOfRange(high, 32, 64))).toByteArray();
        System.arraycopy(s, s.length - 32, high, 32, 32);
        assertFalse(StratosWallet.verify(NETWORK_KEY, message, high));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 66, 130})
    void verifyRefusesWhenTheLengthIsWrong(int length) {
        assertFalse(StratosWallet.verify(NETWORK_KEY, ascii(H + NETWORK_ADDRESS + SN + "1701267007"),
                Arrays.copyOf(hex(NETWORK_SIGNATURE), length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "stpub1", NETWORK_ADDRESS,
        "stpub1q0ska45w724dy0n0jujuqcvn2c80fa9c69dth0v9flacxrxp7w2rsncclpq",
        "STPUB1Q0SKA45W724DY0N0JUJUQCVN2C80FA9C69DTH0V9FLACXRXP7W2RSNCCLPS"})
    void verifyRefusesWhenTheKeyIsMalformed(String key) {
        assertFalse(StratosWallet.verify(key, ascii(H + NETWORK_ADDRESS + SN + "1701267007"),
                hex(NETWORK_SIGNATURE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void ofRefusesWhenTheIndexIsOutOfRange(int index) {
        assertThrows(IllegalArgumentException.class, () -> Phrases.wallet(Phrases.M1, index));
    }

    @Test
    void signFailsWhenClosed() throws CryptoException {
        StratosWallet wallet = Phrases.wallet(Phrases.M1, 0);
        wallet.close();
        assertThrows(IllegalStateException.class, () -> wallet.sign(new byte[1]));
        assertFalse(wallet.toString().contains(wallet.address()));
    }

    private static String phrase(int number) {
        return number == 1 ? Phrases.M1 : number == 2 ? Phrases.M2 : Phrases.M3;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
