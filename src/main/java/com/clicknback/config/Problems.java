package com.clicknback.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that is wrong with the settings: at most one line for each of them, and lines for what is none. */
final class Problems {
    private final Map<Setting, String> ofSettings = new HashMap<>();
    private final Set<Setting> told = new HashSet<>();
    private final List<String> others = new ArrayList<>();

    /** Adds a sentence without its subject, the setting; the first of a setting counts. */
    void add(Setting setting, String predicate) {
        if (!told.add(setting)) {
            return;
        }
        ofSettings.put(setting, setting.path() + " (" + setting.variable() + ") " + predicate);
    }

    /** Adds a line of its own. */
    void add(String line) {
        others.add(line);
    }

    /** Adds a line that says what is wrong with several settings. */
    void add(String line, List<Setting> settings) {
        others.add(line);
        told.addAll(settings);
    }

    /** Throws ConfigurationException with all lines, if any: of settings in their order, then the others. */
    void requireNone() {
        List<String> lines = Stream.concat(
                        Setting.ALL.stream().map(ofSettings::get).flatMap(line -> Optional.ofNullable(line).stream()),
                        others.stream())
                .toList();
        if (!lines.isEmpty()) {
            throw new ConfigurationException(lines);
        }
    }
}
