package org.stratobox.crypto.wallet;

import org.junit.jupiter.api.Test;
import org.stratobox.crypto.Secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.stratobox.crypto.KnownAnswers.hex;

/// The example of SLIP-21: the phrase `all` x12, whose BIP-39 seed is typed in here.
class Slip21Test {
    private static final String SEED = "c76c4ac4f4e4a00d6b274d5c39c700bb4a7ddc04fbc6f78e85ca75007b5b495f"
            + "74a9043eeb77bdd53aa6fc3a0e31462270316fa04b8c19114c8798706cd02ac8";

    @Test
    void keysAreThoseOfTheSpecification() {
        try (Slip21 m = Slip21.master(Secret.takeOwnership(hex(SEED)));
                Slip21 slip = m.child("SLIP-0021");
                Slip21 encryption = slip.child("Master encryption key");
                Slip21 authentication = slip.child("Authentication key")) {
            assertEquals("dbf12b44133eaab506a740f6565cc117228cbf1dd70635cfa8ddfdc9af734756", hex(m.key()));
            assertEquals("1d065e3ac1bbe5c7fad32cf2305f7d709dc070d672044a19e610c77cdf33de0d", hex(slip.key()));
            assertEquals("ea163130e35bbafdf5ddee97a17b39cef2be4b4f390180d65b54cf05c6a82fde", hex(encryption.key()));
            assertEquals("47194e938ab24cc82bfa25f6486ed54bebe79c40ae2a5a32ea6db294d81861a6", hex(authentication.key()));
        }
    }
}
