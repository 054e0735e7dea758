package org.stratobox.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.stratobox.app.error.Sentences;
import org.stratobox.crypto.Secret;
import org.stratobox.sync.api.StratoboxException;

/// Small files that hold a secret: bounded, strict UTF-8, buffers cleared.
final class SecretFile {
    private static final int MAX_BYTES = 64 * 1024;

    private SecretFile() {}

    /// @param file as the user named it
    /// @param what it holds, for the sentences: "The passphrase file"
    /// @return the text without one line end at its end; the caller clears it
    /// @throws StratoboxException if it cannot be read, is empty, or is no text
    static char[] read(Path file, String what) throws StratoboxException {
        byte[] bytes = bytes(file, what);
        try {
            char[] text = decode(bytes);
            char[] stripped = Arrays.copyOf(text, withoutLineEnd(text));
            Arrays.fill(text, '\0');
            if (stripped.length == 0) {
                throw Sentences.usage(what + " " + file + " is empty. Nothing was changed.");
            }
            return stripped;
        } catch (CharacterCodingException _) {
            throw Sentences.usage(what + " " + file + " is not UTF-8 text. Nothing was changed.");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] bytes(Path file, String what) throws StratoboxException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw Sentences.usage(what + " " + file + " is too large to be one. Nothing was changed.");
            }
            return bytes;
        } catch (IOException _) {
            throw Sentences.usage(what + " " + file + " cannot be read. Nothing was changed; check the path and its "
                    + "permissions.");
        }
    }

    private static int withoutLineEnd(char[] text) {
        int end = text.length;
        if (end > 0 && text[end - 1] == '\n') {
            end--;
        }
        return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
    }

    private static char[] decode(byte[] utf8) throws CharacterCodingException {
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        char[] out = new char[decoded.remaining()];
        decoded.get(out);
        Arrays.fill(decoded.array(), '\0');
        return out;
    }

    /// @param text cleared
    /// @return its UTF-8 bytes
    static Secret toSecret(char[] text) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
        byte[] out = new byte[encoded.remaining()];
        encoded.get(out);
        encoded.clear();
        encoded.put(new byte[encoded.remaining()]);
        Arrays.fill(text, '\0');
        return Secret.takeOwnership(out);
    }
}
