package com.clicknback.tables;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the uses of tables in the string constants of compiled classes. */
final class CompiledSql {
    private static final String ROOT = "com.clicknback";
    private static final String ROOT_NAME = "root";
    /** Builds lists out of what the stores hand it; the stores' own strings are checked. */
    private static final String COMPOSES_SQL = "platform.db";

    /**
     * @param packageName below the product's root package, {@code root} for that itself
     * @param hidden whether a table's name is put in at run time
     */
    record Found(String packageName, String className, Map<String, Use> uses, boolean hidden) {}

    private final SqlText sql;

    CompiledSql(Set<String> tables) {
        this.sql = new SqlText(tables);
    }

    /** One entry for each string that uses a table. */
    List<Found> in(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            List<Found> all = new ArrayList<>();
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> all.addAll(in(packageOf(classes.relativize(file)), file)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Found> in(String packageName, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return in(packageName, file.getFileName().toString(), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for one class, as though it stood in a package. */
    List<Found> in(String packageName, String className, InputStream classFile) throws IOException {
        return ClassFile.strings(classFile).stream()
                .map(text -> new Found(
                        packageName,
                        className,
                        sql.uses(text),
                        SqlText.hidesATable(text) && !packageName.equals(COMPOSES_SQL)))
                .filter(found -> found.hidden() || !found.uses().isEmpty())
                .toList();
    }

    private static String packageOf(Path file) {
        String name =
                String.valueOf(file.getParent()).replace(file.getFileSystem().getSeparator(), ".");
        return name.equals(ROOT) ? ROOT_NAME : name.substring(Math.min(name.length(), ROOT.length() + 1));
    }
}
