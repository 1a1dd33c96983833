package com.clicknback.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A body drawn from a schema: members at their limits, left out, or with values that the schema does not allow.
 *
 * @param wrong the fields that a refusal must name
 * @param judged false when what a refusal names is not known, because something stranger was done to the body
 */
record FuzzedBody(String text, Set<String> wrong, boolean judged) {
    /** Operations whose ranges are rules of the business, which may change, and not part of a shape. */
    private static final Set<String> RANGES_ARE_RULES =
            Set.of("createMerchant", "createOffer", "updateMerchant", "updateOffer");

    /** The member of a preview that is the body of the offer's creation. */
    private static final String DRAFT = "offer.";

    private static final Set<String> TOLD_BY_CLICKS = Set.of("user_id", "merchant_id");

    private static final int SPOILT_MAX = 3;
    private static final List<String> BLANKS = List.of("\" \"", "\"\"", "\"\\u0000\"", "\"\\ufeff\"", "\"\\u00a0\"");

    /** Draws one body of this form. */
    static FuzzedBody draw(RequestForm form, JsonObject example, HostileValues values) {
        return new Drawing(form, example.copy(), values).done();
    }

    /** True when a number out of its range breaks a rule, and not the shape. */
    static boolean rangeIsRule(RequestForm form, RequestMember member) {
        return !member.isInteger()
                && (RANGES_ARE_RULES.contains(form.operation().id())
                        || member.field().startsWith(DRAFT));
    }

    private static final class Drawing {
        private final RequestForm form;
        private final JsonObject body;
        private final HostileValues values;
        private final Map<String, String> tokens = new HashMap<>();
        private final Set<String> wrong = new TreeSet<>();
        private boolean judged = true;

        Drawing(RequestForm form, JsonObject body, HostileValues values) {
            this.form = form;
            this.body = body;
            this.values = values;
        }

        FuzzedBody done() {
            List<RequestMember> deepestFirst = form.members().stream()
                    .sorted(Comparator.comparing(
                            (RequestMember member) -> -member.path().size()))
                    .toList();
            int spoilt = values.below(SPOILT_MAX);
            for (RequestMember member : deepestFirst) {
                if (parent(member) != null && form.isFree(member)) {
                    vary(member);
                }
            }
            while (spoilt-- > 0) {
                RequestMember member = values.oneOf(form.members());
                if (parent(member) != null) {
                    spoil(member);
                }
            }
            if (form.members().stream().anyMatch(this::isToldByClick)) {
                judged = false;
            }
            String text = body.encode();
            for (Map.Entry<String, String> token : tokens.entrySet()) {
                text = text.replace('"' + token.getKey() + '"', token.getValue());
            }
            return new FuzzedBody(text, wrong, judged);
        }

        /** True for a member that may be left out of this body, because a click tells it. */
        private boolean isToldByClick(RequestMember member) {
            JsonObject parent =
                    wrong.contains(member.field()) && TOLD_BY_CLICKS.contains(member.name()) ? parent(member) : null;
            return parent != null && parent.getValue("click_id") != null;
        }

        /** Within what the schema allows. */
        private void vary(RequestMember member) {
            if (!member.required() && values.once(5)) {
                parent(member).remove(member.name());
            } else if (member.types().contains("null") && values.once(5)) {
                parent(member).putNull(member.name());
            } else if (values.once(6)) {
                List<String> limits = WrongValues.atTheLimits(member);
                if (!limits.isEmpty()) {
                    put(member, values.oneOf(limits));
                }
            }
        }

        private void spoil(RequestMember member) {
            wrong.removeIf(field -> field.startsWith(member.field() + ".") || field.equals(member.field()));
            switch (values.below(8)) {
                case 0 -> remove(member);
                case 1 -> strange(member, values.oneOf(BLANKS));
                case 2 -> strange(member, values.token());
                case 3 -> again(member);
                case 4 -> beyondRange(member);
                default -> {
                    String value = values.oneOf(WrongValues.ofForm(member));
                    put(member, value);
                    note(member, form.isRefused(member, value));
                }
            }
        }

        private void remove(RequestMember member) {
            parent(member).remove(member.name());
            if (member.required()) {
                note(member, form.isFree(member));
            }
        }

        private void beyondRange(RequestMember member) {
            List<String> beyond = WrongValues.ofRange(member);
            if (!beyond.isEmpty()) {
                put(member, values.oneOf(beyond));
                note(member, !rangeIsRule(form, member));
            }
        }

        /** A value of which only the schema, and no list here, can tell whether it is wrong. */
        private void strange(RequestMember member, String value) {
            put(member, value);
            judged = false;
        }

        /** The member twice: the last one counts. */
        private void again(RequestMember member) {
            put(member, "null,\"" + member.name() + "\":" + values.token());
            judged = false;
        }

        private void note(RequestMember member, boolean named) {
            if (!named || member.isOfItem()) {
                judged = false;
            } else {
                wrong.add(member.field());
            }
        }

        private void put(RequestMember member, String value) {
            String placeholder = "@member" + tokens.size() + "@";
            tokens.put(placeholder, value);
            parent(member).put(member.name(), placeholder);
        }

        /** The object that the member stands in; null when it is not there, or no object any more. */
        private @Nullable JsonObject parent(RequestMember member) {
            Object at = body;
            for (String name : member.path().subList(0, member.path().size() - 1)) {
                if (at instanceof JsonArray list) {
                    int index = Integer.parseInt(name);
                    at = index < list.size() ? list.getValue(index) : null;
                } else {
                    at = at instanceof JsonObject object ? object.getValue(name) : null;
                }
            }
            return at instanceof JsonObject object ? object : null;
        }
    }
}
