package com.clicknback.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The declaration of who may use which table: the table of the page that readers see, so that page and check cannot
 * differ.
 */
final class TableOwners {
    /** Below this heading of the page. */
    private static final String HEADING = "## Who owns which table";

    /** The row of those who may read everything. */
    private static final String ALL_TABLES = "| every table |";

    private static final Path PAGE = Path.of("docs", "data-model.md");
    private static final Pattern NAME = Pattern.compile("`([a-z_.]+)`");
    private static final int TABLE = 1;
    private static final int OWNER = 2;
    private static final int WRITES = 3;
    private static final int LOCKS = 4;
    private static final int READS = 5;
    private static final int CELLS = 7;

    private final Map<String, Map<String, Use>> usersByTable = new TreeMap<>();
    private final Set<String> readersOfAll = new TreeSet<>();

    private TableOwners() {}

    static TableOwners ofThePage() {
        try {
            return parse(Files.readAllLines(PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TableOwners parse(List<String> page) {
        TableOwners owners = new TableOwners();
        page.stream()
                .dropWhile(line -> !line.equals(HEADING))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .forEach(owners::addLine);
        return owners;
    }

    private void addLine(String line) {
        String[] cells = line.split("\\|", -1);
        if (line.startsWith(ALL_TABLES)) {
            readersOfAll.addAll(names(cells[READS]));
        } else if (line.startsWith("| `")) {
            addRow(line, cells);
        }
    }

    private void addRow(String row, String[] cells) {
        List<String> owner = names(cells.length == CELLS + 1 ? cells[OWNER] : "");
        if (owner.size() != 1) {
            throw new IllegalStateException("not 'table | owner | writes | locks | reads | why': " + row);
        }
        Map<String, Use> users = new TreeMap<>();
        names(cells[READS]).forEach(name -> users.merge(name, Use.READ, Use::and));
        names(cells[LOCKS]).forEach(name -> users.merge(name, Use.LOCK, Use::and));
        names(cells[WRITES]).forEach(name -> users.merge(name, Use.WRITE, Use::and));
        users.put(owner.get(0), Use.WRITE);
        names(cells[TABLE]).forEach(table -> {
            if (usersByTable.put(table, users) != null) {
                throw new IllegalStateException(table + " has two rows");
            }
        });
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** All tables that have an owner. */
    Set<String> tables() {
        return usersByTable.keySet();
    }

    boolean allows(String packageName, String table, Use use) {
        if (use == Use.READ && readersOfAll.contains(packageName)) {
            return true;
        }
        Use allowed = usersByTable.getOrDefault(table, Map.of()).get(packageName);
        return allowed != null && allowed.allows(use);
    }

    /** Every package with its strongest use, by table; the owner among them. */
    Map<String, Map<String, Use>> usersByTable() {
        return usersByTable;
    }
}
