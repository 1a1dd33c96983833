package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds {@code conf/default.yaml} against the records, and the page of all settings against both. */
class SettingsPageTest {
    private static final Path DEFAULTS = Path.of("conf/default.yaml");
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final Path DRAFT = Path.of("target/configuration.md");
    private static final String TABLE_START = "<!-- all settings -->\n";

    private static final Pattern MEMBER = Pattern.compile("( *)([a-z0-9_]+):(.*)");
    private static final Pattern ITEM = Pattern.compile(" *- (.*)");

    /** The lines of a section or a setting: its comment and its value. */
    private record Entry(String comment, String value) {}

    private final Map<String, Entry> entries = new HashMap<>();
    private final List<String> order = new ArrayList<>();

    SettingsPageTest() throws IOException {
        List<String> comment = new ArrayList<>();
        String section = "";
        String path = "";
        for (String line : Files.readAllLines(DEFAULTS)) {
            Matcher member = MEMBER.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (line.strip().startsWith("#")) {
                comment.add(line.strip().substring(1).strip());
            } else if (item.matches()) {
                entries.put(path, new Entry(entries.get(path).comment(), item.group(1)));
            } else if (member.matches()) {
                section = member.group(1).isEmpty() ? member.group(2) : section;
                path = member.group(1).isEmpty() ? section : section + "." + member.group(2);
                entries.put(
                        path,
                        new Entry(String.join(" ", comment), member.group(3).strip()));
                order.add(path);
                comment.clear();
            } else {
                comment.clear();
            }
        }
    }

    private boolean isSection(String path) {
        return order.stream().anyMatch(other -> other.startsWith(path + "."));
    }

    @Test
    void eachSettingHasItsLineInTheOrderOfTheRecords() {
        assertThat(order.stream().filter(path -> !isSection(path)))
                .containsExactlyElementsOf(
                        Setting.ALL.stream().map(Setting::path).toList());
    }

    @Test
    void eachLineSaysWhatItIsFor() {
        assertThat(entries)
                .allSatisfy((path, entry) -> assertThat(entry.comment()).endsWith("."));
    }

    /** To renew the page, copy the draft's content. */
    @Test
    void thePageListsThemAll() throws IOException {
        String page = Files.readString(PAGE);
        String expected = page.substring(0, page.indexOf(TABLE_START)) + TABLE_START + tables();
        Files.createDirectories(DRAFT.getParent());
        Files.writeString(DRAFT, expected);

        assertThat(page).as("%s; %s has it as it should be", PAGE, DRAFT).isEqualTo(expected);
    }

    private String tables() {
        List<String> sections = order.stream().filter(this::isSection).toList();
        StringBuilder text = new StringBuilder(table(
                "",
                Setting.ALL.stream()
                        .filter(setting -> !setting.path().contains("."))
                        .toList()));
        for (String section : sections) {
            text.append("\n## ")
                    .append(section)
                    .append("\n\n")
                    .append(entries.get(section).comment())
                    .append("\n");
            text.append(table(
                    section,
                    Setting.ALL.stream()
                            .filter(setting -> setting.inside(section))
                            .toList()));
        }
        return text.toString();
    }

    private String table(String section, List<Setting> settings) {
        return settings.stream()
                .map(this::row)
                .collect(Collectors.joining(
                        "\n",
                        "\n| " + (section.isEmpty() ? "Setting" : "Setting in `" + section + "`")
                                + ", variable | Default | Must be | What for |\n|---|---|---|---|\n",
                        "\n"));
    }

    private String row(Setting setting) {
        Entry entry = entries.get(setting.path());
        String value = entry.value().replaceAll("^\"(.*)\"$", "$1");
        return "| `%s`<br>%s | %s | %s | %s |"
                .formatted(
                        setting.path(),
                        setting.variables()
                                .map(variable -> "`" + variable + "`")
                                .collect(Collectors.joining("<br>")),
                        value.isEmpty() || value.equals("[]") ? "" : "`" + value + "`",
                        mustBe(setting),
                        entry.comment());
    }

    private static String mustBe(Setting setting) {
        String elements =
                setting.list() && setting.annotation(NotNull.class).isEmpty() ? "a list" : setting.expectation();
        return setting.required() || setting.list() ? elements : elements + ", or empty";
    }
}
