package com.clicknback.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A member of a request body, as its schema describes it.
 *
 * @param path the names from the body down; a digit is an index of a list
 * @param siblings what a refusal of an empty object in place of the member's own would name, if it is one
 */
record RequestMember(List<String> path, JsonObject schema, boolean required, List<String> siblings) {
    private static final String ITEM = "0";
    private static final String PLACEHOLDER = "@member@";

    /** Every member of an object's schema, each before those inside it. */
    static List<RequestMember> of(JsonObject schema, List<String> path) {
        List<RequestMember> members = new ArrayList<>();
        List<String> required = required(schema);
        for (String name : schema.getJsonObject("properties", new JsonObject()).fieldNames()) {
            JsonObject own =
                    withNullAmongItsTypes(schema.getJsonObject("properties").getJsonObject(name));
            List<String> below = append(path, name);
            members.add(new RequestMember(below, own, required.contains(name), required(own)));
            members.addAll(of(own, below));
            if (own.containsKey("items")) {
                members.addAll(of(own.getJsonObject("items"), append(below, ITEM)));
            }
        }
        return members;
    }

    /** The schema itself, and for a choice between a schema and null that schema with one type more. */
    private static JsonObject withNullAmongItsTypes(JsonObject schema) {
        List<JsonObject> choices = schema.getJsonArray("oneOf", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
        List<JsonObject> values = choices.stream()
                .filter(choice -> !"null".equals(choice.getValue("type")))
                .toList();
        if (values.size() != 1 || choices.size() != 2) {
            return schema;
        }
        JsonArray types = new JsonArray().add("null");
        Object type = values.get(0).getValue("type");
        (type instanceof JsonArray several ? several : JsonArray.of(type)).forEach(types::add);
        return values.get(0).copy().put("type", types);
    }

    private static List<String> append(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    /** The members that an object of this schema must have, in their order; also those that another could stand in for. */
    static List<String> required(JsonObject schema) {
        return schema.getJsonObject("properties", new JsonObject()).fieldNames().stream()
                .filter(name -> Stream.of("required", "x-conditionally-required")
                        .anyMatch(list ->
                                schema.getJsonArray(list, new JsonArray()).contains(name)))
                .toList();
    }

    boolean isInteger() {
        return types().contains("integer");
    }

    /** The JSON types that its schema lets it have. */
    Set<String> types() {
        Object type = schema.getValue("type");
        return type instanceof JsonArray several
                ? several.stream().map(String.class::cast).collect(Collectors.toSet())
                : Set.of((String) type);
    }

    boolean isObject() {
        return schema.containsKey("properties");
    }

    /** True for what has no members of its own. */
    boolean isValue() {
        return !isObject() && !schema.containsKey("items");
    }

    boolean isDecimal() {
        return types().containsAll(Set.of("number", "string"));
    }

    /** True for texts that may be anything within their length. */
    boolean isFreeText() {
        return types().contains("string")
                && !isDecimal()
                && !schema.containsKey("enum")
                && !schema.containsKey("const")
                && !schema.containsKey("format");
    }

    /** True for a member of an element of a list, which is judged by itself. */
    boolean isOfItem() {
        return path.contains(ITEM);
    }

    /** Its name in a refusal: the path, from the element on if it is in one. */
    String field() {
        return String.join(".", path.subList(path.indexOf(ITEM) + 1, path.size()));
    }

    String name() {
        return path.get(path.size() - 1);
    }

    /** True when the body has an object that the member can stand in. */
    boolean fits(JsonObject body) {
        return parent(body) != null;
    }

    boolean isIn(JsonObject body) {
        return fits(body) && parent(body).containsKey(name());
    }

    private JsonObject parent(JsonObject body) {
        Object at = body;
        for (String name : path.subList(0, path.size() - 1)) {
            at = at instanceof JsonArray list
                    ? list.getValue(Integer.parseInt(name))
                    : at == null ? null : ((JsonObject) at).getValue(name);
        }
        return (JsonObject) at;
    }

    JsonObject without(JsonObject body) {
        JsonObject copy = body.copy();
        parent(copy).remove(name());
        return copy;
    }

    /** The text of the body with this JSON text as the member's value. */
    String with(JsonObject body, String value) {
        JsonObject copy = body.copy();
        parent(copy).put(name(), PLACEHOLDER);
        return copy.encode().replace('"' + PLACEHOLDER + '"', value);
    }

    @Override
    public String toString() {
        return String.join(".", path);
    }
}
