package org.stratobox.crypto.wallet;

import java.util.Arrays;
import java.util.Optional;

/// Bech32 (BIP-173, not the later bech32m) over whole bytes, as Cosmos chains write keys and addresses.
final class Bech32 {
    private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int CHECKSUM = 6;
    private static final int LONGEST = 90;

    private Bech32() {}

    /// @param prefix lower-case letters
    /// @param data bytes
    /// @return the text
    static String encode(String prefix, byte[] data) {
        StringBuilder out = new StringBuilder(prefix).append('1');
        byte[] groups = regroup(data, 8, 5);
        int check = expand(prefix);
        for (byte group : groups) {
            out.append(CHARSET.charAt(group));
            check = step(check, group);
        }
        for (int i = 0; i < CHECKSUM; i++) {
            check = step(check, 0);
        }
        check ^= 1;
        for (int i = 0; i < CHECKSUM; i++) {
            out.append(CHARSET.charAt((check >>> (5 * (5 - i))) & 31));
        }
        return out.toString();
    }

    /// @param prefix the one expected
    /// @param text any text
    /// @return its bytes, or empty if prefix, alphabet, length, padding or checksum are wrong; capitals are not accepted
    static Optional<byte[]> decode(String prefix, String text) {
        int start = prefix.length() + 1;
        if (!text.startsWith(prefix + "1") || text.length() < start + CHECKSUM || text.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] groups = new byte[text.length() - start];
        int check = expand(prefix);
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (byte) CHARSET.indexOf(text.charAt(start + i));
            if (groups[i] < 0) {
                return Optional.empty();
            }
            check = step(check, groups[i]);
        }
        byte[] data = Arrays.copyOf(groups, groups.length - CHECKSUM);
        byte[] bytes = Arrays.copyOf(regroup(data, 5, 8), data.length * 5 / 8);
        // only the shortest padding, all zeros, leads back to the same groups
        return check == 1 && Arrays.equals(data, regroup(bytes, 8, 5)) ? Optional.of(bytes) : Optional.empty();
    }

    /// @return the same bits in groups of another size, the last one filled up with zeros
    private static byte[] regroup(byte[] groups, int from, int to) {
        byte[] out = new byte[(groups.length * from + to - 1) / to];
        for (int bit = 0; bit < groups.length * from; bit++) {
            int set = (groups[bit / from] >>> (from - 1 - bit % from)) & 1;
            out[bit / to] = (byte) (out[bit / to] | (set << (to - 1 - bit % to)));
        }
        return out;
    }

    private static int expand(String prefix) {
        int check = 1;
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) >>> 5);
        }
        check = step(check, 0);
        for (int i = 0; i < prefix.length(); i++) {
            check = step(check, prefix.charAt(i) & 31);
        }
        return check;
    }

    private static int step(int check, int value) {
        int top = check >>> 25;
        int next = ((check & 0x1ff_ffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= ((top >>> i) & 1) == 0 ? 0 : GENERATOR[i];
        }
        return next;
    }
}
