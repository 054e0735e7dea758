package org.stratobox.sync.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.stratobox.sync.api.CheckReport.Finding;
import org.stratobox.sync.api.CheckReport.Severity;

/// What is wrong, in words for the user. Used by one thread.
final class Findings {
    private static final String READABLE = " All data can still be read.";
    private static final String IN_DANGER = " Some data cannot be read from any node now.";
    private static final String REPAIR = "Run the check with repair; what is missing is made again from the other nodes.";

    private final List<Finding> all = new ArrayList<>();

    /// What became of things that are wrong on one node.
    ///
    /// @param mended how many were mended
    /// @param open how many are still wrong
    /// @param inDanger whether data cannot be read because of the latter
    record Count(long mended, long open, boolean inDanger) {}

    List<Finding> worstFirst() {
        List<Finding> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Finding::mended).thenComparing(Finding::severity, Comparator.reverseOrder()));
        return List.copyOf(sorted);
    }

    void unreachable(String address, long inDanger) {
        String message = "This node did not answer, or is not the one it was; nothing is known of what it holds."
                + (inDanger > 0 ? IN_DANGER : READABLE);
        add(inDanger > 0 ? Severity.ERROR : Severity.WARNING, address, message,
                "Connect the node, then run the check again.", false);
    }

    void missing(String address, Count count, String what) {
        both(address, count, count.mended() + " " + what + " were missing here and were put back.",
                count.open() + " " + what + " are missing here.", REPAIR);
    }

    void damaged(String address, Count count, String what) {
        both(address, count, count.mended() + " " + what + " were damaged here and were replaced.",
                count.open() + " " + what + " are damaged here.", REPAIR + " Have a look at this node's disk, too.");
    }

    void refusing(String address, boolean inDanger) {
        add(inDanger ? Severity.ERROR : Severity.WARNING, address,
                "This node holds damaged data and does not let it be removed, so it cannot be replaced."
                        + (inDanger ? IN_DANGER : READABLE),
                "Allow deleting on this node for the repair, or use another node.", false);
    }

    private void both(String address, Count count, String mended, String open, String fix) {
        if (count.mended() > 0) {
            add(Severity.WARNING, address, mended, "Nothing has to be done.", true);
        }
        if (count.open() > 0) {
            add(count.inDanger() ? Severity.ERROR : Severity.WARNING, address,
                    open + (count.inDanger() ? IN_DANGER : READABLE), fix, false);
        }
    }

    void contradiction(long packs) {
        add(Severity.ERROR, "index", packs + " entries of the index contradict what the nodes hold.",
                "Nothing is lost by this alone; keep all nodes and report it.", false);
    }

    void notListed(long packs, boolean mended) {
        add(Severity.ERROR, "index",
                "The list of what is stored where lacked " + packs
                        + " entries on the nodes; a new device could not find that data.",
                mended ? "Nothing has to be done: the list was written again." : REPAIR, mended);
    }

    void listUnreadable(long objects) {
        add(Severity.WARNING, "index", objects + " parts of the list of what is stored where cannot be read.",
                "Nothing has to be done if no other finding says that the list lacks entries.", false);
    }

    void affected(String folder, long files, long directories) {
        String what = directories == 0
                ? files + " files of this folder"
                : files + " files and what is in " + directories + " directories of this folder";
        add(Severity.ERROR, folder, what + " cannot be read completely from the nodes now.",
                "Connect every node you have and repair. Do not delete these files where you still have them.", false);
    }

    void commitUnreadable(long commits) {
        add(Severity.ERROR, "index", "The newest state of " + commits + " devices cannot be read from the nodes now.",
                "Connect every node you have and run the check with repair.", false);
    }

    private void add(Severity severity, String subject, String message, String fix, boolean mended) {
        all.add(new Finding(severity, subject, message, fix, mended));
    }
}
