package org.stratobox.crypto.chunking;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.KnownAnswers;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// The chunk lengths of `format.md` 3.16.
class PhteVectorTest {
    @Test
    void cutsAreTheKnownAnswer() throws IOException, GeneralSecurityException {
        Cipher ctr = Cipher.getInstance("AES/CTR/NoPadding", "SunJCE");
        ctr.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new IvParameterSpec(new byte[16]));
        byte[] file = ctr.doFinal(new byte[8 << 20]);
        ChunkSource source = Chunker.phte(KnownAnswers.folder().chunkerKey())
                .open(Channels.newChannel(new ByteArrayInputStream(file)));
        List<Integer> lengths = new ArrayList<>();
        byte[] out = new byte[Chunker.MAX_CHUNK];
        for (int n = source.next(out); n >= 0; n = source.next(out)) {
            lengths.add(n);
        }
        assertEquals(List.of(527022, 395358, 344994, 744325, 591681, 373925, 573079, 552866, 556346, 674128, 605837,
                641138, 565310, 643446, 582724, 16429), lengths);
    }
}
