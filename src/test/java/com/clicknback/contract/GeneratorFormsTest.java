package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms that generators of clients misread: they are valid, and the clients do not compile or lose members. */
class GeneratorFormsTest {
    @Test
    void noSchemaHasMembersBesideAlternativesOrNothingButNull() throws IOException {
        JsonNode description = new YAMLMapper()
                .readTree(Path.of("src/main/resources/openapi.yaml").toFile());
        List<String> misread = new ArrayList<>();
        find("", description, misread);

        assertThat(description.at("/components/schemas")).isNotEmpty();
        assertThat(misread).isEmpty();
    }

    private static void find(String path, JsonNode node, List<String> misread) {
        if (node.has("properties") && (node.has("oneOf") || node.has("anyOf"))) {
            misread.add(path + ": alternatives beside members");
        }
        if (node.path("type").asText().equals("null") && !path.matches(".*/oneOf/[0-9]+")) {
            misread.add(path + ": null as a type");
        }
        if (node.path("type").asText().equals("boolean") && node.has("const") && !path.contains("/headers/")) {
            misread.add(path + ": a constant that is no text");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            find(path + "/" + member.getKey(), member.getValue(), misread);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            find(path + "/" + i, node.get(i), misread);
        }
    }
}
