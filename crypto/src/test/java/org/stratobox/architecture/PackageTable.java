package org.stratobox.architecture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which package may use which: the one list of all packages of the product. A class in a package that is not listed
/// fails the build. Names are relative to `org.stratobox.`.
final class PackageTable {
    private static final List<String> CRYPTO_FACE = List.of("crypto", "crypto.wallet", "crypto.key", "crypto.envelope",
            "crypto.chunking", "crypto.identity", "crypto.keystore");

    private static final Map<String, List<String>> ROWS = rows();

    private PackageTable() {}

    static Map<String, List<String>> allowed() {
        return ROWS;
    }

    private static Map<String, List<String>> rows() {
        Map<String, List<String>> t = new LinkedHashMap<>();
        t.put("crypto", List.of());
        t.put("crypto.primitive", List.of("crypto"));
        t.put("crypto.wallet", List.of("crypto", "crypto.primitive"));
        t.put("crypto.key", List.of("crypto", "crypto.primitive", "crypto.wallet"));
        t.put("crypto.envelope", List.of("crypto", "crypto.primitive", "crypto.key"));
        t.put("crypto.chunking", List.of("crypto", "crypto.primitive", "crypto.key"));
        t.put("crypto.identity", List.of("crypto", "crypto.primitive", "crypto.key"));
        t.put("crypto.keystore", List.of("crypto", "crypto.primitive", "crypto.key", "crypto.identity",
                "crypto.envelope"));
        t.put("sync.model", List.of("crypto", "crypto.envelope"));
        t.put("sync.task", List.of());
        t.put("sync.event", with(CRYPTO_FACE, "sync.model"));
        t.put("sync.api", with(CRYPTO_FACE, "sync.model", "sync.event"));
        t.put("sync.object", with(CRYPTO_FACE, "sync.model"));
        t.put("sync.reconcile", List.of("crypto", "sync.model"));
        t.put("sync.localfs", List.of("crypto", "sync.model", "sync.task"));
        t.put("sync.pace", List.of("sync.task"));
        t.put("sync.index", with(CRYPTO_FACE, "sync.model", "sync.object"));
        t.put("sync.index.sqlite", with(CRYPTO_FACE, "sync.model", "sync.object", "sync.index"));
        t.put("sync.ignore", List.of("crypto", "sync.model"));
        t.put("sync.scan", List.of("crypto", "sync.model", "sync.index", "sync.localfs", "sync.ignore"));
        t.put("sync.watch", List.of("sync.model", "sync.localfs", "sync.task"));
        t.put("sync.mesh", List.of("crypto", "sync.model", "sync.task"));
        t.put("sync.mesh.folder", List.of("crypto", "sync.model", "sync.mesh"));
        t.put("sync.mesh.rest", List.of("crypto", "sync.model", "sync.mesh"));
        t.put("sync.pack.coding", List.of("crypto"));
        t.put("sync.pack", with(CRYPTO_FACE, "sync.model", "sync.object", "sync.mesh", "sync.task",
                "sync.pack.coding"));
        t.put("sync.node", List.of("crypto", "sync.model", "sync.mesh", "sync.mesh.folder", "sync.task"));
        List<String> layers = with(CRYPTO_FACE, "sync.model", "sync.task", "sync.event", "sync.object",
                "sync.reconcile",
                "sync.localfs", "sync.index", "sync.ignore", "sync.scan", "sync.mesh", "sync.pack", "sync.pack.coding");
        t.put("sync.merge", with(layers, "sync.history"));
        t.put("sync.transfer", with(layers, "sync.merge"));
        t.put("sync.history", layers);
        t.put("sync.collect", with(layers, "sync.history"));
        t.put("sync.apply", with(layers, "sync.merge", "sync.transfer", "sync.history"));
        t.put("sync.health", with(layers, "sync.api", "sync.transfer", "sync.history"));
        t.put("sync.engine",
                with(layers, "sync.merge", "sync.api", "sync.transfer", "sync.history", "sync.apply", "sync.health",
                        "sync.watch", "sync.pace", "sync.collect"));
        t.put("sync.boot",
                with(layers, "sync.merge", "sync.api", "sync.transfer", "sync.history", "sync.apply", "sync.health",
                        "sync.watch", "sync.pace", "sync.collect", "sync.engine", "sync.node", "sync.index.sqlite",
                        "sync.mesh.folder", "sync.mesh.rest"));
        List<String> face = List.of("crypto", "crypto.wallet", "crypto.keystore", "sync.api", "sync.event",
                "sync.model");
        t.put("app.error", face);
        t.put("app.settings", face);
        t.put("app.demo", face);
        t.put("app.control", with(face, "app.error"));
        t.put("app.cli", with(face, "app.error", "app.settings", "app.demo", "app.control"));
        t.put("app.boot", with(face, "app.cli", "app.control", "app.error", "app.settings", "crypto.key", "sync.boot"));
        return t;
    }

    private static List<String> with(List<String> base, String... more) {
        var all = new TreeSet<>(base);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
