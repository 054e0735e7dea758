package org.stratobox.app.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// Aligned columns under a heading; an empty table prints nothing.
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heading) {
        rows.add(List.of(heading));
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream().map(Figures::printable).toList());
    }

    void print(PrintStream out) {
        if (rows.size() == 1) {
            return;
        }
        int last = rows.getFirst().size() - 1;
        int[] widths = new int[last];
        for (List<String> row : rows) {
            for (int c = 0; c < last; c++) {
                widths[c] = Math.max(widths[c], row.get(c).codePointCount(0, row.get(c).length()));
            }
        }
        out.println();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < last; c++) {
                String cell = row.get(c);
                line.append(cell).append(" ".repeat(widths[c] - cell.codePointCount(0, cell.length()))).append(GAP);
            }
            out.println(line.append(row.get(last)));
        }
    }
}
