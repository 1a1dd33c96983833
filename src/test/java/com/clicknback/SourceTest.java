package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The source as text: the words of its comments, and the size of its files and packages. */
class SourceTest {
    private static final Path ALL = Path.of("src");
    private static final Path PRODUCT = Path.of("src", "main");

    /** Settings and scripts of the build, which have comments too. */
    private static final Path BUILD = Path.of(".ci");

    private static final int FILE_LINES_MAX = 350;
    private static final int PACKAGE_LINES_MAX = 1_900;

    /** The formatter breaks code alone. */
    private static final int LINE_LENGTH_MAX = 128;

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern NUMBERED_SECTION = Pattern.compile("(?i)\\bsections?\\s+\\d|§");
    private static final String QUESTION_WORDS =
            "(?:What|Whatever|Who|Whoever|Whether|That of|How|Why|Which|Where|When)\\b";
    private static final Pattern QUESTION = Pattern.compile("/\\*\\*[\\s*]*" + QUESTION_WORDS);

    /** The first line of a script tells its subject, as the documentation of a class does. */
    private static final Pattern HEADED_BY_QUESTION = Pattern.compile("\\A// " + QUESTION_WORDS);

    private static Map<Path, String> sources(Path folder) {
        return sources(folder, "java");
    }

    private static Map<Path, String> sources(Path folder, String... kinds) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            Stream.of(kinds).anyMatch(kind -> file.toString().endsWith("." + kind)))
                    .collect(Collectors.toMap(file -> file, SourceTest::read, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Path, String> all() {
        Map<Path, String> all = sources(ALL, "java", "js", "css");
        all.putAll(sources(BUILD, "js", "ts"));
        return all;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The comments of all sources that contain a pattern, each behind the name of its file. */
    private static List<String> comments(Pattern unwanted) {
        return all().entrySet().stream()
                .flatMap(source -> COMMENT.matcher(source.getValue())
                        .results()
                        .filter(comment -> unwanted.matcher(comment.group()).find())
                        .map(comment -> source.getKey() + ": " + comment.group()))
                .toList();
    }

    @Test
    void commentsCiteNoNumberedSections() {
        assertThat(comments(NUMBERED_SECTION)).isEmpty();
    }

    @Test
    void documentationOpensWithANounOrAVerbAndNotWithAQuestion() {
        assertThat(comments(QUESTION)).isEmpty();
        assertThat(all())
                .allSatisfy(
                        (file, source) -> assertThat(source).as("%s", file).doesNotContainPattern(HEADED_BY_QUESTION));
    }

    @Test
    void seesWhatItLooksFor() {
        assertThat("/*" + "* What it is. */").containsPattern(QUESTION);
        assertThat("/*" + "*\n     * Whether it is. */").containsPattern(QUESTION);
        assertThat("// What it is.\nlet it;").containsPattern(HEADED_BY_QUESTION);
        assertThat("let it;\n// What it is.").doesNotContainPattern(HEADED_BY_QUESTION);
        assertThat(all().keySet()).extracting(Path::toString).anyMatch(name -> name.endsWith(".js"));
        assertThat(all().keySet()).extracting(Path::toString).anyMatch(name -> name.endsWith(".ts"));
        assertThat("/*" + "* A whole. */").doesNotContainPattern(QUESTION);
        assertThat("// as sec" + "tion 6.4 says").containsPattern(NUMBERED_SECTION);
    }

    @Test
    void filesFitAFewScreens() {
        assertThat(sources(ALL))
                .isNotEmpty()
                .allSatisfy((file, source) ->
                        assertThat(source.lines()).as("%s", file).hasSizeLessThanOrEqualTo(FILE_LINES_MAX));
    }

    @Test
    void commentsAndQueriesOfTheProductFitTheScreen() {
        assertThat(sources(PRODUCT))
                .isNotEmpty()
                .allSatisfy((file, source) -> assertThat(source.lines())
                        .as("%s", file)
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LINE_LENGTH_MAX)));
    }

    @Test
    void packagesOfTheProductAreOneSubject() {
        Map<Path, Long> lines = sources(PRODUCT).entrySet().stream()
                .collect(Collectors.groupingBy(
                        source -> source.getKey().getParent(),
                        TreeMap::new,
                        Collectors.summingLong(
                                source -> source.getValue().lines().count())));
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        (folder, count) -> assertThat(count).as("%s", folder).isLessThanOrEqualTo(PACKAGE_LINES_MAX));
    }
}
