package org.stratobox.crypto.key;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.KnownAnswers;
import org.stratobox.crypto.Secret;
import org.stratobox.crypto.primitive.Hkdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.stratobox.crypto.KnownAnswers.ascending;
import static org.stratobox.crypto.KnownAnswers.hex;

/// `format.md` 3.16, the part above the first envelope.
class DerivationTreeTest {
    private static final String HEAD_SCOPE = "b625e874582b3eb47438e61e8773f9b0a9ef57334f39904da01275a7a2ea8b52";
    private static final String ACCOUNT_SCOPE = "177c9c2c7f7f0b3e404370b9b56dda99f4cc1ba85fb33ca65d16c4db7ee9ec64";
    private static final String FOLDER_SCOPE = "909e69a51da7ce25ede1ec8e13af89f06ca51d17491f9d86fb74ad3420efa00d";

    private final EpochKey epoch = KnownAnswers.epoch0();

    @Test
    void rootSigningSeedIsTheKnownAnswer() {
        assertEquals("a2ad88f93f731d41233992be5e271d6125ab84e65731155bcfa5c91087c6e324",
                hex(KnownAnswers.masterKeys().rootSigningSeed()));
    }

    @Test
    void epochKeysAreTheKnownAnswers() {
        assertEquals("101ffcf60227d21e218ef981eb2826eeb8a68c672662db6b44f7ab4e1158db97", hex(epoch.expose()));
        assertEquals("3e7481254706a4d54bca75cbf0b8b4b4b6f9b3daa4f79f2ba76519a813a15a27",
                hex(KnownAnswers.masterKeys().epoch(1).expose()));
    }

    @Test
    void tagsAreTheKnownAnswers() {
        assertEquals("a14f330bc19cef2ad7452b156fb7a9b56bf81d632c94a0ddd82c25ef2c411eb6",
                hex(Hkdf.expand(epoch.expose().exposeCopy(), Label.LOCATOR.info(), 32)));
        assertEquals("c80d7193963f063c750e6d0180801420", hex(epoch.accountTag()));
        assertEquals("8c2ec0da347db71cbb542d6b538c6fe8", hex(epoch.deviceTag(ascending(0xd0, 16))));
    }

    @Test
    void scopesAreTheKnownAnswers() {
        byte[] a = epoch.expose().exposeCopy();
        assertEquals(HEAD_SCOPE, hex(Hkdf.expand(a, Label.HEAD_SCOPE.info(), 32)));
        assertEquals(ACCOUNT_SCOPE, hex(Hkdf.expand(a, Label.ACCOUNT_SCOPE.info(), 32)));
        assertEquals(FOLDER_SCOPE, hex(Hkdf.expand(a, Label.FOLDER_SCOPE.info(ascending(0, 16), new byte[4]), 32)));
        assertSameScope(HEAD_SCOPE, epoch.headScope());
        assertSameScope(ACCOUNT_SCOPE, epoch.accountScope());
        assertSameScope(FOLDER_SCOPE, epoch.folderScope(ascending(0, 16), 0));
    }

    private static void assertSameScope(String secret, ScopeKey scope) {
        ScopeKey expected = ScopeKey.of(Secret.takeOwnership(hex(secret)));
        assertArrayEquals(expected.syntheticSalt(new byte[9], new byte[1], 0, 1),
                scope.syntheticSalt(new byte[9], new byte[1], 0, 1));
    }

    @Test
    void scopeKeysAreTheKnownAnswers() {
        byte[] f = hex(FOLDER_SCOPE);
        assertEquals("0f18b7bc91f6a0b6554c4797f6966d233f663251adaa275a8f06c4bb8636280d",
                hex(Hkdf.expand(f, Label.BLOB_ENC.info(), 32)));
        assertEquals("de6202790b27614da0af7ded4b458f783a620304e5de0e7f32b9743d32a9af8b",
                hex(Hkdf.expand(f, Label.BLOB_SIV.info(), 32)));
    }

    @Test
    void chunkerKeyIsTheKnownAnswer() {
        byte[] cdc = KnownAnswers.folder().chunkerKey().expose().exposeCopy();
        assertEquals(ChunkerKey.LENGTH, cdc.length);
        assertEquals("0137b22cb952458517ee6919fb707084", hex(Arrays.copyOf(cdc, 16)));
        assertEquals("bb6e89d69bbf59e48bcb99c028521bb3", hex(Arrays.copyOfRange(cdc, 4096, 4112)));
    }

    @Test
    void epochKeyWorksAfterItsMasterAndItsArgumentWereClosed() {
        byte[] expected = epoch.accountTag();
        Secret a = epoch.expose();
        EpochKey restored = EpochKey.of(0, a);
        a.close();
        assertArrayEquals(expected, restored.accountTag());
    }

    @Test
    void epochKeyFailsWhenClosed() {
        epoch.close();
        assertThrows(IllegalStateException.class, epoch::accountTag);
    }

    @Test
    void folderIdIsTheSameForBothNormalForms() {
        assertArrayEquals(epoch.folderId("Caf\u00e9"), epoch.folderId("Cafe\u0301"));
        assertEquals(16, epoch.folderId("").length);
    }

    @Test
    void folderIdDiffersForOtherNamesAndAccounts() {
        String id = hex(epoch.folderId("Documents"));
        assertNotEquals(id, hex(epoch.folderId("documents")));
        assertNotEquals(id, hex(KnownAnswers.masterKeys().epoch(1).folderId("Documents")));
    }

    @Test
    void folderScopeDiffersByIdAndEpoch() {
        String key = hex(epoch.folderScope(new byte[16], 0).chunkerKey().expose());
        assertNotEquals(key, hex(epoch.folderScope(new byte[16], 1).chunkerKey().expose()));
        assertNotEquals(key, hex(epoch.folderScope(ascending(1, 16), 0).chunkerKey().expose()));
    }

    @Test
    void infoRefusesContextOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> Label.TAG_DEVICE.info(new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> Label.TAG_DEVICE.info(new byte[8], new byte[9]));
        assertThrows(IllegalArgumentException.class, () -> Label.CHUNKER.info(new byte[1]));
    }

    @Test
    void secretsOfWrongLengthAreRefused() {
        Secret s31 = Secret.takeOwnership(new byte[31]);
        assertThrows(IllegalArgumentException.class, () -> MasterKeys.fromSeed(s31));
        assertThrows(IllegalArgumentException.class, () -> EpochKey.of(0, s31));
        assertThrows(IllegalArgumentException.class, () -> EpochKey.of(-1, Secret.takeOwnership(new byte[32])));
        assertThrows(IllegalArgumentException.class, () -> ScopeKey.of(s31));
        assertThrows(IllegalArgumentException.class, () -> LocalKey.of(s31));
    }

    @Test
    void textOfKeysShowsNoKey() {
        String a = hex(epoch.expose());
        for (Object key : new Object[]{epoch, epoch.headScope(), epoch.headScope().chunkerKey(),
            KnownAnswers.masterKeys(), epoch.expose()}) {
            assertFalse(key.toString().contains(a.substring(0, 8)), key::toString);
            assertFalse(key.toString().contains("@"), key::toString);
        }
    }
}
