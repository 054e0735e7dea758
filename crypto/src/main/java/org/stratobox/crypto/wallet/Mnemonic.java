package org.stratobox.crypto.wallet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

import org.stratobox.crypto.Entropy;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.Sha256;
import org.stratobox.crypto.primitive.Pbkdf2;

/// A BIP-39 phrase of 12, 15, 18, 21 or 24 English words. Holds the entropy, not the text, until closed; after that every
/// access fails.
public final class Mnemonic implements AutoCloseable {
    private static final int ITERATIONS = 2048;
    private static final int MIN_WORDS = 12;
    private static final int MAX_WORDS = 24;

    private final Secret entropy;

    private Mnemonic(Secret entropy) {
        this.entropy = entropy;
    }

    /// @param words 12, 15, 18, 21 or 24; new accounts use 24
    /// @param entropy the real source, a test's otherwise
    /// @return a new phrase
    /// @throws IllegalArgumentException for another number of words
    public static Mnemonic generate(int words, Entropy entropy) {
        if (!isPhraseLength(words)) {
            throw new IllegalArgumentException("a phrase has 12, 15, 18, 21 or 24 words, not " + words);
        }
        return new Mnemonic(Secret.takeOwnership(entropy.bytes(entropyBytes(words))));
    }

    /// Reads what a person types or pastes: any case, any white space or punctuation between words, numbering, compatibility
    /// characters, and words cut after four or more letters.
    ///
    /// @param text not kept and not cleared
    /// @return the phrase, or what is wrong with it
    public static Parsed parse(CharSequence text) {
        try (PhraseWords typed = PhraseWords.read(text)) {
            if (typed.count() > MAX_WORDS || typed.count() == 0) {
                return new Parsed.WrongCount(typed.count());
            }
            if (!typed.unknown().isEmpty()) {
                return new Parsed.UnknownWords(typed.unknown());
            }
            return isPhraseLength(typed.count())
                    ? checked(typed.indices(), typed.count())
                    : new Parsed.WrongCount(typed.count());
        }
    }

    private static Parsed checked(int[] indices, int words) {
        int length = entropyBytes(words);
        byte[] packed = new byte[length + 1];
        for (int i = 0; i < words; i++) {
            Bits.write(packed, i * WordList.BITS_PER_WORD, indices[i]);
        }
        byte[] entropy = Arrays.copyOf(packed, length);
        boolean right = packed[length] == checksum(entropy);
        Arrays.fill(packed, (byte) 0);
        if (!right) {
            Arrays.fill(entropy, (byte) 0);
            return new Parsed.WrongChecksum();
        }
        return new Parsed.Valid(new Mnemonic(Secret.takeOwnership(entropy)));
    }

    /// One bit for every four bytes, the first of the SHA-256, left-aligned in a byte.
    private static byte checksum(byte[] entropy) {
        int bits = entropy.length / 4;
        return (byte) (Sha256.of(entropy).bytes()[0] & (0xff << (8 - bits)));
    }

    private static boolean isPhraseLength(int words) {
        return words >= MIN_WORDS && words <= MAX_WORDS && words % 3 == 0;
    }

    private static int entropyBytes(int words) {
        return words / 3 * 4;
    }

    /// @return how many words it has
    public int wordCount() {
        return entropy.length() / 4 * 3;
    }

    /// The one way to the words. Named so that a reader of the calling code stops here.
    ///
    /// @return the words in lower case, one space between; a new array, which the caller clears
    public char[] exposeWords() {
        byte[] bytes = entropy.exposeCopy();
        byte[] packed = Arrays.copyOf(bytes, bytes.length + 1);
        packed[bytes.length] = checksum(bytes);
        CharBuffer text = CharBuffer.allocate(wordCount() * 9);
        for (int i = 0; i < wordCount(); i++) {
            text.append(i == 0 ? "" : " ").append(WordList.ENGLISH.word(Bits.read(packed, i * WordList.BITS_PER_WORD)));
        }
        char[] out = Arrays.copyOf(text.array(), text.position());
        Arrays.fill(text.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(packed, (byte) 0);
        return out;
    }

    /// PBKDF2 as in BIP-39, some milliseconds.
    ///
    /// @param passphrase optional additional secret, empty for none; normalised to NFKD, stays the caller's
    /// @return the seed; the caller closes it
    public WalletSeed seed(char[] passphrase) {
        char[] words = exposeWords();
        try {
            return seedOf(words, passphrase);
        } finally {
            Arrays.fill(words, '\0');
        }
    }

    /// The same for a phrase of any language and without a look at it, as BIP-39 defines it.
    static WalletSeed seedOf(char[] phrase, char[] passphrase) {
        char[] password = nfkd(phrase);
        char[] extra = nfkd(passphrase);
        byte[] salt = utf8("mnemonic", extra);
        try {
            return WalletSeed
                    .of(Secret.takeOwnership(Pbkdf2.hmacSha512(password, salt, ITERATIONS, WalletSeed.BYTES)));
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(extra, '\0');
            Arrays.fill(salt, (byte) 0);
        }
    }

    /// The normaliser of the JDK gives a String, which cannot be cleared: text it would not change goes around it.
    private static char[] nfkd(char[] text) {
        CharBuffer view = CharBuffer.wrap(text);
        return Normalizer.isNormalized(view, Normalizer.Form.NFKD)
                ? text.clone()
                : Normalizer.normalize(view, Normalizer.Form.NFKD).toCharArray();
    }

    private static byte[] utf8(String start, char[] end) {
        CharBuffer chars = CharBuffer.allocate(start.length() + end.length).put(start).put(end).flip();
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(chars);
        byte[] out = new byte[encoded.remaining()];
        encoded.get(out);
        encoded.clear();
        encoded.put(new byte[encoded.remaining()]);
        Arrays.fill(chars.array(), '\0');
        return out;
    }

    /// Zeroes the entropy.
    @Override
    public void close() {
        entropy.close();
    }

    @Override
    public String toString() {
        return "Mnemonic[redacted]";
    }
}
