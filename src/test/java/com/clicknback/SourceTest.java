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

    private static final int FILE_LINES_MAX = 350;
    private static final int PACKAGE_LINES_MAX = 1_900;

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
    private static final Pattern NUMBERED_SECTION = Pattern.compile("(?i)\\bsections?\\s+\\d|§");
    private static final Pattern QUESTION =
            Pattern.compile("/\\*\\*[\\s*]*(?:What|Whatever|Who|Whoever|Whether|That of|How|Why|Which|Where|When)\\b");

    private static Map<Path, String> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(file -> file, SourceTest::read, (a, b) -> a, TreeMap::new));
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

    /** The comments of all sources that contain a pattern, each behind the name of its file. */
    private static List<String> comments(Pattern unwanted) {
        return sources(ALL).entrySet().stream()
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
    }

    @Test
    void seesWhatItLooksFor() {
        assertThat("/*" + "* What it is. */").containsPattern(QUESTION);
        assertThat("/*" + "*\n     * Whether it is. */").containsPattern(QUESTION);
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
