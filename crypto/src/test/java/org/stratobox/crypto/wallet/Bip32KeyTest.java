package org.stratobox.crypto.wallet;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratobox.crypto.CryptoException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stratobox.crypto.KnownAnswers.hex;

/// The vectors of BIP-32 as far as private derivation goes: 1 and 2 for the steps, 3 and 4 for leading zeros, 5 for keys that
/// are none.
class Bip32KeyTest {
    private static final String SEED_1 = "000102030405060708090a0b0c0d0e0f";
    private static final String SEED_2 = "fffcf9f6f3f0edeae7e4e1dedbd8d5d2cfccc9c6c3c0bdbab7b4b1aeaba8a5a2"
            + "9f9c999693908d8a8784817e7b7875726f6c696663605d5a5754514e4b484542";
    private static final String SEED_3 = "4b381541583be4423346c643850da4b320e46a87ae3d2a4e6da11eba819cd4ac"
            + "ba45d239319ac14f863b8d5ab5a0d0c64d2e8a1e7d1457df2e5a3c51c73235be";
    private static final String SEED_4 = "3ddd5602285899a946114506157c7997e5444528f3003f6134712147db19b678";

    @ParameterizedTest
    @CsvSource({
        "m, xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
        "m/0H, xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7XnxHrnYeSvkzY7d2bhkJ7",
        "m/0H/1, xprv9wTYmMFdV23N2TdNG573QoEsfRrWKQgWeibmLntzniatZvR9BmLnvSxqu53Kw1UmYPxLgboyZQaXwTCg8MSY3H2EU4pWcQDnRnrVA1xe8fs",
        "m/0H/1/2H, xprv9z4pot5VBttmtdRTWfWQmoH1taj2axGVzFqSb8C9xaxKymcFzXBDptWmT7FwuEzG3ryjH4ktypQSAewRiNMjANTtpgP4mLTj34bhnZX7UiM",
        "m/0H/1/2H/2, xprvA2JDeKCSNNZky6uBCviVfJSKyQ1mDYahRjijr5idH2WwLsEd4Hsb2Tyh8RfQMuPh7f7RtyzTtdrbdqqsunu5Mm3wDvUAKRHSC34sJ7in334",
        "m/0H/1/2H/2/1000000000, xprvA41z7zogVVwxVSgdKUHDy1SKmdb533PjDz7J6N6mV6uS3ze1ai8FHa8kmHScGpWmj4WggLyQjgPie1rFSruoUihUZREPSL39UNdE3BBDu76"})
    void childrenAreThoseOfVector1(String path, String expected) throws CryptoException {
        ExtendedKeyText.assertMatches(expected, derive(SEED_1, path));
    }

    @ParameterizedTest
    @CsvSource({
        "m, xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PFmM8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U",
        "m/0, xprv9vHkqa6EV4sPZHYqZznhT2NPtPCjKuDKGY38FBWLvgaDx45zo9WQRUT3dKYnjwih2yJD9mkrocEZXo1ex8G81dwSM1fwqWpWkeS3v86pgKt",
        "m/0/2147483647H, xprv9wSp6B7kry3Vj9m1zSnLvN3xH8RdsPP1Mh7fAaR7aRLcQMKTR2vidYEeEg2mUCTAwCd6vnxVrcjfy2kRgVsFawNzmjuHc2YmYRmagcEPdU9",
        "m/0/2147483647H/1, xprv9zFnWC6h2cLgpmSA46vutJzBcfJ8yaJGg8cX1e5StJh45BBciYTRXSd25UEPVuesF9yog62tGAQtHjXajPPdbRCHuWS6T8XA2ECKADdw4Ef",
        "m/0/2147483647H/1/2147483646H, xprvA1RpRA33e1JQ7ifknakTFpgNXPmW2YvmhqLQYMmrj4xJXXWYpDPS3xz7iAxn8L39njGVyuoseXzU6rcxFLJ8HFsTjSyQbLYnMpCqE2VbFWc",
        "m/0/2147483647H/1/2147483646H/2, xprvA2nrNbFZABcdryreWet9Ea4LvTJcGsqrMzxHx98MMrotbir7yrKCEXw7nadnHM8Dq38EGfSh6dqA9QWTyefMLEcBYJUuekgW4BYPJcr9E7j"})
    void childrenAreThoseOfVector2(String path, String expected) throws CryptoException {
        ExtendedKeyText.assertMatches(expected, derive(SEED_2, path));
    }

    @ParameterizedTest
    @CsvSource({
        "m, xprv9s21ZrQH143K25QhxbucbDDuQ4naNntJRi4KUfWT7xo4EKsHt2QJDu7KXp1A3u7Bi1j8ph3EGsZ9Xvz9dGuVrtHHs7pXeTzjuxBrCmmhgC6",
        "m/0H, xprv9uPDJpEQgRQfDcW7BkF7eTya6RPxXeJCqCJGHuCJ4GiRVLzkTXBAJMu2qaMWPrS7AANYqdq6vcBcBUdJCVVFceUvJFjaPdGZ2y9WACViL4L"})
    void leadingZerosAreKeptAsInVector3(String path, String expected) throws CryptoException {
        ExtendedKeyText.assertMatches(expected, derive(SEED_3, path));
    }

    @ParameterizedTest
    @CsvSource({
        "m, xprv9s21ZrQH143K48vGoLGRPxgo2JNkJ3J3fqkirQC2zVdk5Dgd5w14S7fRDyHH4dWNHUgkvsvNDCkvAwcSHNAQwhwgNMgZhLtQC63zxwhQmRv",
        "m/0H, xprv9vB7xEWwNp9kh1wQRfCCQMnZUEG21LpbR9NPCNN1dwhiZkjjeGRnaALmPXCX7SgjFTiCTT6bXes17boXtjq3xLpcDjzEuGLQBM5ohqkao9G",
        "m/0H/1H, xprv9xJocDuwtYCMNAo3Zw76WENQeAS6WGXQ55RCy7tDJ8oALr4FWkuVoHJeHVAcAqiZLE7Je3vZJHxspZdFHfnBEjHqU5hG1Jaj32dVoS6XLT1"})
    void leadingZerosAreKeptAsInVector4(String path, String expected) throws CryptoException {
        ExtendedKeyText.assertMatches(expected, derive(SEED_4, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "xprv9s21ZrQH143K24Mfq5zL5MhWK9hUhhGbd45hLXo2Pq2oqzMMo63oStZzF93Y5wvzdUayhgkkFoicQZcP3y52uPPxFnfoLZB21Teqt1VvEHx",
        "xprv9s21ZrQH143K24Mfq5zL5MhWK9hUhhGbd45hLXo2Pq2oqzMMo63oStZzFAzHGBP2UuGCqWLTAPLcMtD5SDKr24z3aiUvKr9bJpdrcLg1y3G"})
    void ofRejectsWhenVector5HasNoPrivateKey(String text) {
        CryptoException e = assertThrows(CryptoException.class,
                () -> Bip32Key.of(ExtendedKeyText.privateKey(text), ExtendedKeyText.chainCode(text)));
        assertEquals(CryptoException.Reason.REJECTED, e.reason());
    }

    @Test
    void accessFailsWhenClosed() throws CryptoException {
        Bip32Key key = derive(SEED_1, "m");
        key.close();
        assertThrows(IllegalStateException.class, () -> key.hardened(0));
        assertThrows(IllegalStateException.class, key::publicKey);
    }

    static Bip32Key derive(String seed, String path) throws CryptoException {
        Bip32Key key = Bip32Key.master(hex(seed));
        for (String step : Arrays.asList(path.split("/")).subList(1, path.split("/").length)) {
            key = step.endsWith("H")
                    ? key.hardened(Integer.parseInt(step.substring(0, step.length() - 1)))
                    : key.normal(Integer.parseInt(step));
        }
        return key;
    }
}
