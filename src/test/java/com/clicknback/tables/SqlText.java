package com.clicknback.tables;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tables that a string uses, when it is SQL or a fragment of it. In doubt it finds too much: a subquery in a
 * statement that locks rows counts as locked unless {@code FOR UPDATE OF} names what is.
 */
final class SqlText {
    private static final Pattern COMMENT_OR_LITERAL = Pattern.compile("--[^\n]*|'[^']*'");
    private static final Pattern KEYWORD = Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|FROM|JOIN|TRUNCATE)\\b");
    /** The source of a list query: a table and its alias. */
    private static final Pattern SOURCE = Pattern.compile("\\s*[a-z_]+ [a-z]+\\s*");

    /** Compilers leave these characters where a concatenation puts a value. */
    private static final String CONCATENATED = "[\u0001\u0002]";

    private static final String AFTER_READ = "\\b(?:FROM|JOIN|USING)\\s+(?:ONLY\\s+)?";
    private static final String AFTER_WRITE =
            "\\b(?:INTO|(?<!FOR |KEY |DO )UPDATE|DELETE\\s+FROM|TRUNCATE(?:\\s+TABLE)?|LOCK(?:\\s+TABLE)?|COPY)\\s+(?:ONLY\\s+)?";
    private static final Pattern WRITTEN = Pattern.compile("(?i)" + AFTER_WRITE + "(?:public\\.)?\"?([a-z_]+)");
    private static final Pattern READ = Pattern.compile("(?i)" + AFTER_READ + "(?:public\\.)?\"?([a-z_]+)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])(?:public\\.)?([a-z_]+)\\b(?!\\.)");

    /** A name that is only known when the program runs: a place for an argument, or the end of the text. */
    private static final Pattern HIDDEN = Pattern.compile("(?:" + AFTER_READ + "|" + AFTER_WRITE + ")(?:" + CONCATENATED
            + "|%\\d*\\$?s)|\\S\\s+(?:FROM|JOIN|INTO)\\s*$|^\\s*UPDATE\\s+$");

    private static final Pattern ROW_LOCK = Pattern.compile(
            "(?i)\\bFOR\\s+(?:NO\\s+KEY\\s+UPDATE|UPDATE|KEY\\s+SHARE|SHARE)(?:\\s+OF\\s+(\\w+(?:\\s*,\\s*\\w+)*))?");

    private final Set<String> tables;

    /** @param tables all those of the schema */
    SqlText(Set<String> tables) {
        this.tables = tables;
    }

    /** The strongest use of each table that the text names; none when it is no SQL. */
    Map<String, Use> uses(String text) {
        String sql = COMMENT_OR_LITERAL.matcher(text).replaceAll("''");
        Map<String, Use> uses = new TreeMap<>();
        if (KEYWORD.matcher(sql).find() || SOURCE.matcher(sql).matches()) {
            add(uses, named(NAME, sql), Use.READ);
        }
        add(uses, named(READ, sql), Use.READ);
        add(uses, locked(sql), Use.LOCK);
        add(uses, named(WRITTEN, sql), Use.WRITE);
        return uses;
    }

    /** True when the text takes a table's name from elsewhere, so that no check can see it. */
    static boolean hidesATable(String text) {
        return HIDDEN.matcher(text).find();
    }

    private static void add(Map<String, Use> uses, Set<String> names, Use use) {
        names.forEach(name -> uses.merge(name, use, Use::and));
    }

    private Set<String> named(Pattern pattern, String sql) {
        Set<String> found = new HashSet<>();
        pattern.matcher(sql)
                .results()
                .map(match -> match.group(1))
                .filter(tables::contains)
                .forEach(found::add);
        return found;
    }

    private Set<String> locked(String sql) {
        Set<String> found = new HashSet<>();
        Matcher lock = ROW_LOCK.matcher(sql);
        while (lock.find()) {
            String query = enclosing(sql, lock.start());
            if (lock.group(1) == null) {
                found.addAll(named(NAME, query));
                continue;
            }
            for (String alias : lock.group(1).split("\\s*,\\s*")) {
                found.addAll(named(aliased(alias), query));
                found.addAll(named(NAME, alias));
            }
        }
        return found;
    }

    private static Pattern aliased(String alias) {
        return Pattern.compile("(?i)\\b([a-z_]+)\\s+(?:AS\\s+)?" + alias + "\\b");
    }

    /** The text between the innermost parentheses around a place, or all of it. */
    private static String enclosing(String sql, int place) {
        int start = edge(sql, place, -1);
        int end = edge(sql, place, 1);
        return sql.substring(start + 1, end);
    }

    private static int edge(String sql, int place, int step) {
        int open = 0;
        for (int i = place; i >= 0 && i < sql.length(); i += step) {
            char c = sql.charAt(i);
            boolean entering = step > 0 ? c == '(' : c == ')';
            boolean leaving = step > 0 ? c == ')' : c == '(';
            if (leaving && open == 0) {
                return i;
            }
            open += entering ? 1 : leaving ? -1 : 0;
        }
        return step > 0 ? sql.length() : -1;
    }
}
