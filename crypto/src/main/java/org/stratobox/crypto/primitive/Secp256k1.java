package org.stratobox.crypto.primitive;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/// ECDSA on secp256k1 (SEC 2), as wallets use it: deterministic (RFC 6979 with SHA-256), s in the lower half, numbers as 32
/// bytes big-endian with their leading zeros. Numbers of the library stay behind and cannot be cleared.
public final class Secp256k1 {
    /// Length of a private key and of each half of a signature in bytes.
    public static final int SCALAR = 32;
    /// Length of a compressed public key in bytes.
    public static final int COMPRESSED = 33;

    private static final ECDomainParameters DOMAIN = domain();

    private Secp256k1() {}

    /// @param scalar any bytes
    /// @return whether they are a private key: 32 bytes, not zero, below the order of the curve
    public static boolean isPrivateKey(byte[] scalar) {
        return scalar.length == SCALAR && inRange(new BigInteger(1, scalar));
    }

    /// @param privateKey a private key
    /// @return the compressed public key, 33 bytes
    public static byte[] publicKey(byte[] privateKey) {
        // a comb over a fixed base point takes the same steps for every key
        return new FixedPointCombMultiplier().multiply(DOMAIN.getG(), requirePrivateKey(privateKey)).getEncoded(true);
    }

    /// @param publicKey a point, compressed or not
    /// @return X and Y, 64 bytes, or empty if it is not a point of the curve
    public static Optional<byte[]> coordinates(byte[] publicKey) {
        return point(publicKey).map(p -> Arrays.copyOfRange(p.getEncoded(false), 1, 1 + 2 * SCALAR));
    }

    /// The step from a parent's key to a child's in BIP-32.
    ///
    /// @param tweak 32 bytes
    /// @param privateKey a private key
    /// @return the sum modulo the order, or empty where BIP-32 has no key: the tweak reaches the order or the sum is zero
    public static Optional<byte[]> add(byte[] tweak, byte[] privateKey) {
        BigInteger t = new BigInteger(1, tweak);
        BigInteger sum = t.add(requirePrivateKey(privateKey)).mod(DOMAIN.getN());
        return t.compareTo(DOMAIN.getN()) >= 0 || sum.signum() == 0
                ? Optional.empty()
                : Optional.of(BigIntegers.asUnsignedByteArray(SCALAR, sum));
    }

    /// @param privateKey a private key
    /// @param digest 32 bytes
    /// @return r, s and the recovery id (0 or 1), 65 bytes
    public static byte[] sign(byte[] privateKey, byte[] digest) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(requirePrivateKey(privateKey), DOMAIN));
        BigInteger[] rs = signer.generateSignature(digest);
        BigInteger s = isHigh(rs[1]) ? DOMAIN.getN().subtract(rs[1]) : rs[1];
        byte[] out = new byte[2 * SCALAR + 1];
        System.arraycopy(BigIntegers.asUnsignedByteArray(SCALAR, rs[0]), 0, out, 0, SCALAR);
        System.arraycopy(BigIntegers.asUnsignedByteArray(SCALAR, s), 0, out, SCALAR, SCALAR);
        // the signer keeps its random point to itself, so the id is found by trying the two it can have
        byte[] own = publicKey(privateKey);
        out[2 * SCALAR] = (byte) (recoversTo(own, rs[0], s, digest) ? 0 : 1);
        return out;
    }

    /// @param publicKey a point, compressed or not
    /// @param digest what was signed
    /// @param r 32 bytes
    /// @param s 32 bytes, also from the upper half: the caller decides about those with [#isLow]
    /// @return whether the signature is valid; false also for malformed points and numbers out of range
    public static boolean verify(byte[] publicKey, byte[] digest, byte[] r, byte[] s) {
        return point(publicKey).map(p -> verifies(p, digest, new BigInteger(1, r), new BigInteger(1, s)))
                .orElse(false);
    }

    /// @param s the second half of a signature
    /// @return whether it is in the lower half of the order, as everybody's signatures should be
    public static boolean isLow(byte[] s) {
        return !isHigh(new BigInteger(1, s));
    }

    private static boolean isHigh(BigInteger s) {
        return s.compareTo(DOMAIN.getN().shiftRight(1)) > 0;
    }

    private static boolean verifies(ECPoint point, byte[] digest, BigInteger r, BigInteger s) {
        ECDSASigner signer = new ECDSASigner();
        signer.init(false, new ECPublicKeyParameters(point, DOMAIN));
        return inRange(r) && inRange(s) && signer.verifySignature(digest, r, s);
    }

    /// Whether the point with x = r and even y gives that public key (SEC 1, 4.1.6).
    private static boolean recoversTo(byte[] publicKey, BigInteger r, BigInteger s, byte[] digest) {
        BigInteger n = DOMAIN.getN();
        byte[] encoded = new byte[COMPRESSED];
        encoded[0] = 2;
        System.arraycopy(BigIntegers.asUnsignedByteArray(SCALAR, r), 0, encoded, 1, SCALAR);
        ECPoint random = DOMAIN.getCurve().decodePoint(encoded);
        BigInteger inverse = BigIntegers.modOddInverse(n, r);
        BigInteger u1 = n.subtract(new BigInteger(1, digest).mod(n)).multiply(inverse).mod(n);
        BigInteger u2 = s.multiply(inverse).mod(n);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(DOMAIN.getG(), u1, random, u2).normalize();
        return Arrays.equals(publicKey, key.getEncoded(true));
    }

    private static Optional<ECPoint> point(byte[] encoded) {
        boolean compressed = encoded.length == COMPRESSED && (encoded[0] == 2 || encoded[0] == 3);
        if (!compressed && !(encoded.length == 1 + 2 * SCALAR && encoded[0] == 4)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DOMAIN.validatePublicPoint(DOMAIN.getCurve().decodePoint(encoded)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not on the curve: the library knows no gentler way to say it
        }
    }

    private static BigInteger requirePrivateKey(byte[] scalar) {
        if (!isPrivateKey(scalar)) {
            throw new IllegalArgumentException("not a private key of secp256k1");
        }
        return new BigInteger(1, scalar);
    }

    private static boolean inRange(BigInteger x) {
        return x.signum() > 0 && x.compareTo(DOMAIN.getN()) < 0;
    }

    private static ECDomainParameters domain() {
        X9ECParameters curve = SECNamedCurves.getByName("secp256k1");
        return new ECDomainParameters(curve.getCurve(), curve.getG(), curve.getN(), curve.getH());
    }
}
