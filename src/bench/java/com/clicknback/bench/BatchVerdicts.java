package com.clicknback.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer to a batch; its single verdicts are read only when somebody asks for them. */
record BatchVerdicts(String text, int accepted, int duplicates) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COUNTS = Pattern.compile("\\{\"accepted\":(\\d+),\"duplicates\":(\\d+),");

    static BatchVerdicts of(String text) throws IOException {
        Matcher counts = COUNTS.matcher(text);
        if (!counts.lookingAt()) {
            throw new IOException("not the answer to a batch: " + text);
        }
        return new BatchVerdicts(text, Integer.parseInt(counts.group(1)), Integer.parseInt(counts.group(2)));
    }

    /** The places of what was stored, now or before. */
    List<Integer> stored() throws IOException {
        List<Integer> places = new ArrayList<>();
        for (JsonNode item : JSON.readTree(text).get("results")) {
            if (!item.get("result").textValue().equals("rejected")) {
                places.add(item.get("index").intValue());
            }
        }
        return places;
    }
}
