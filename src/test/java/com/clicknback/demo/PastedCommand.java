package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The curl command of a banner, split into words as bash does. */
record PastedCommand(String url, Map<String, String> headers, String body) {
    /** A word in single quotes, or one of letters and hyphens. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([A-Za-z-]+)");

    static PastedCommand of(String banner) {
        List<String> commands =
                banner.lines().filter(line -> line.startsWith("curl ")).toList();
        assertThat(commands).hasSize(1);
        List<String> words = words(commands.get(0));
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).equals("-H")) {
                String[] nameAndValue = words.get(i + 1).split(": ", 2);
                headers.put(nameAndValue[0], nameAndValue[1]);
            }
        }
        String body = words.get(words.indexOf("--data-binary") + 1);
        return new PastedCommand(words.get(words.size() - 1), headers, body);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        int end = 0;
        while (word.find()) {
            assertThat(command.substring(end, word.start())).isEqualTo(words.isEmpty() ? "" : " ");
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
            end = word.end();
        }
        assertThat(end).isEqualTo(command.length());
        return words;
    }
}
