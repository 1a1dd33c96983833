package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages name only classes, methods, files and pages that exist, and README leads to every page. */
class DocsTest {
    private static final Path ROOT = Path.of("README.md");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    /** A type, perhaps with a member or a nested type: {@code Ledger.post}. */
    private static final Pattern NAME =
            Pattern.compile("([A-Z][a-z0-9][A-Za-z0-9]*)(?:\\.([A-Za-z][A-Za-z0-9]*))?(?:\\(.*\\))?");

    private static final Pattern DECLARED =
            Pattern.compile("\\b(?:class|record|interface|enum)\\s+([A-Z][A-Za-z0-9]*)");

    private static final Pattern FOREIGN_SECTION = Pattern.compile("(?i)\\bsections? \\d");

    /** Types of the JDK and of libraries, file names, headers and placeholders of names. */
    private static final Set<String> FOREIGN = Set.of(
            "Authorization",
            "Clock",
            "DateTimeFormatter",
            "Dockerfile",
            "Future",
            "Helper",
            "Impl",
            "Instant",
            "JsonObject",
            "Manager",
            "Origin",
            "Promise",
            "Routes",
            "Runnable",
            "Store",
            "Test",
            "Thread",
            "TieredStopAtLevel",
            "Util",
            "Verticle");

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>(List.of(ROOT, Path.of("CONTRIBUTING.md")));
        pages.addAll(files(Path.of("docs"), ".md"));
        return pages;
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    /** The problems of all pages, each behind the name of its page. */
    private static List<String> problems(Function<Path, Stream<String>> ofPage) {
        return pages().stream()
                .flatMap(page -> ofPage.apply(page).map(problem -> page + ": " + problem))
                .toList();
    }

    /** The source of each type, nested ones included; types of one name are read together. */
    private static Map<String, String> sourcesByType() {
        Map<String, String> sources = new HashMap<>();
        for (Path file : files(Path.of("src"), ".java")) {
            String source = read(file);
            for (String type : new TreeSet<>(all(DECLARED, source))) {
                sources.merge(type, source, String::concat);
            }
        }
        return sources;
    }

    @Test
    void namesInCodeSpansExist() {
        Map<String, String> sources = sourcesByType();
        assertThat(problems(page -> SPAN.matcher(FENCE.matcher(read(page)).replaceAll(""))
                        .results()
                        .map(span -> NAME.matcher(span.group(1)))
                        .filter(name -> name.matches())
                        .map(name -> name.toMatchResult())
                        .filter(name -> !FOREIGN.contains(name.group(1)) && !exists(sources, name))
                        .map(MatchResult::group)))
                .isEmpty();
    }

    private static boolean exists(Map<String, String> sources, MatchResult name) {
        String source = sources.get(name.group(1));
        return source != null
                && (name.group(2) == null
                        || Pattern.compile("\\b" + name.group(2) + "\\b")
                                .matcher(source)
                                .find());
    }

    @Test
    void linksLeadToFilesAndHeadings() {
        assertThat(problems(page -> links(page).filter(link -> !leadsSomewhere(page, link))))
                .isEmpty();
    }

    private static Stream<String> links(Path page) {
        return all(LINK, FENCE.matcher(read(page)).replaceAll("")).stream().filter(link -> !link.contains("://"));
    }

    private static boolean leadsSomewhere(Path page, String link) {
        Path target = target(page, link);
        int hash = link.indexOf('#');
        return Files.exists(target)
                && (hash < 0
                        || all(HEADING, FENCE.matcher(read(target)).replaceAll("")).stream()
                                .map(DocsTest::anchor)
                                .anyMatch(link.substring(hash + 1)::equals));
    }

    private static Path target(Path page, String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? page : page.resolveSibling(file).normalize();
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    @Test
    void readmeLeadsToEveryPage() {
        Set<Path> reached = new TreeSet<>(List.of(ROOT));
        Deque<Path> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            Path page = open.pop();
            links(page)
                    .map(link -> target(page, link))
                    .filter(target -> target.toString().endsWith(".md"))
                    .filter(reached::add)
                    .forEach(open::push);
        }
        assertThat(reached).containsAll(pages());
    }

    @Test
    void theArchitectureNamesEveryPackage() {
        Path sources = Path.of("src", "main", "java", "com", "clicknback");
        String page = read(Path.of("docs", "architecture.md"));
        List<String> packages = files(sources, "package-info.java").stream()
                .map(file -> sources.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                .filter(name -> !name.isEmpty())
                .toList();
        assertThat(packages).isNotEmpty().allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    @Test
    void pagesCiteNoNumberedSections() {
        assertThat(problems(
                        page -> FOREIGN_SECTION.matcher(read(page)).results().map(MatchResult::group)))
                .isEmpty();
    }

    @Test
    void decisionsHaveAStatusAndADateAndStandInTheIndex() {
        String index = read(Path.of("docs", "adr", "README.md"));
        List<Path> decisions = files(Path.of("docs", "adr"), ".md").stream()
                .filter(file -> Character.isDigit(file.getFileName().toString().charAt(0)))
                .toList();
        assertThat(decisions).isNotEmpty().allSatisfy(decision -> {
            assertThat(read(decision))
                    .containsPattern("(?m)^\\* Status: \\S")
                    .containsPattern("(?m)^\\* Date: \\d{4}-");
            assertThat(index).contains("(" + decision.getFileName() + ")");
        });
    }
}
