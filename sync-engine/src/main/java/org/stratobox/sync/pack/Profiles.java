package org.stratobox.sync.pack;

import org.stratobox.sync.pack.coding.CodingProfile;

/// The default coding by number of independent failure domains (`mesh.md` 4.2, column "safe").
public final class Profiles {
    /// Packs below this size (bytes) are kept as whole copies.
    public static final int CODED_FROM = 256 << 10;
    /// So many nodes hold a replicated object when there are more.
    public static final int MOST_COPIES = 5;

    private Profiles() {}

    /// @param domains number of failure domains, at least 1
    /// @param packLength bytes of the pack
    /// @return how it is cut
    public static CodingProfile forPack(int domains, int packLength) {
        return packLength < CODED_FROM ? forCopies(domains) : forLargePack(domains);
    }

    /// @param domains number of failure domains, at least 1
    /// @return copies in every domain, at most five
    public static CodingProfile forCopies(int domains) {
        return CodingProfile.copies(Math.min(atLeastOne(domains), MOST_COPIES));
    }

    private static CodingProfile forLargePack(int domains) {
        return switch (atLeastOne(domains)) {
            case 1, 2, 3 -> CodingProfile.copies(domains);
            case 4 -> new CodingProfile(2, 4);
            case 5 -> new CodingProfile(2, 5);
            case 6 -> new CodingProfile(3, 6);
            case 7 -> new CodingProfile(4, 7);
            case 8 -> new CodingProfile(4, 8);
            case 9 -> new CodingProfile(5, 9);
            case 10, 11 -> new CodingProfile(6, 10);
            case 12, 13 -> new CodingProfile(8, 12);
            case 14, 15 -> new CodingProfile(8, 14);
            default -> new CodingProfile(10, 16);
        };
    }

    private static int atLeastOne(int domains) {
        if (domains < 1) {
            throw new IllegalArgumentException("a mesh has at least one failure domain");
        }
        return domains;
    }
}
