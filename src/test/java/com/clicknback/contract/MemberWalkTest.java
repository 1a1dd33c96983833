package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Body;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of every request body is what its schema says, and a refusal names it. */
@ExtendWith(ServiceExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class MemberWalkTest {
    private static final int MALFORMED = 422;
    private static final int BROKEN_RULE = 400;

    /** Texts that have to be more than short enough. */
    private static final Set<String> SPECIAL_TEXTS = Set.of("email", "details.iban", "offer.cashback_value");

    private final GoodRequests good;
    private final ServedSchemas schemas;

    MemberWalkTest(TestService service, Scenario given) {
        this.good = new GoodRequests(service, given);
        this.schemas = new ServedSchemas(service);
    }

    List<RequestForm> forms() {
        return ApiOperation.all().stream()
                .filter(operation -> operation.body() != Body.NONE)
                .flatMap(operation -> schemas.forms(operation).stream())
                .toList();
    }

    private Reply send(ApiOperation operation, String body) {
        return good.client(operation, body).send(operation.method(), good.path(operation), body);
    }

    /** The fields that a refusal names: of the request, or of its first item. */
    private static List<String> named(Reply reply, boolean ofItem, int status) {
        if (!ofItem) {
            return reply.expectViolations(status);
        }
        JsonObject item = reply.expect(200).json().getJsonArray("results").getJsonObject(0);
        JsonObject error = item.getJsonObject("error");
        assertThat(error.getString("code")).isEqualTo("VALIDATION_ERROR");
        return RequestForm.fields(error);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void namesAMemberOfAWrongTypeOrForm(RequestForm form) {
        assertThat(form.members()).allSatisfy(member -> {
            List<String> wrong = WrongValues.ofForm(member);
            assertThat(wrong).isNotEmpty();
            for (String value : wrong) {
                if (form.isRefused(member, value)) {
                    Reply reply = send(form.operation(), member.with(form.exampleFor(member), value));
                    assertThat(named(reply, member.isOfItem(), MALFORMED))
                            .as("%s = %s", member, value)
                            .containsExactly(member.field());
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void namesANumberOutsideOfItsRange(RequestForm form) {
        assertThat(form.members()).allSatisfy(member -> {
            int status = FuzzedBody.rangeIsRule(form, member) ? BROKEN_RULE : MALFORMED;
            for (String value : WrongValues.ofRange(member)) {
                Reply reply = send(form.operation(), member.with(form.exampleFor(member), value));
                assertThat(named(reply, member.isOfItem(), status))
                        .as("%s = %s", member, value)
                        .containsExactly(member.field());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void acceptsAMemberAtItsLimits(RequestForm form) {
        assertThat(form.members()).allSatisfy(member -> {
            if (!SPECIAL_TEXTS.contains(member.field())) {
                for (String value : WrongValues.atTheLimits(member)) {
                    Reply reply = send(form.operation(), member.with(form.exampleFor(member), value));
                    assertThat(RequestForm.refusedFields(reply, member.isOfItem()))
                            .as("%s = %s", member, value)
                            .doesNotContain(member.field());
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void missesWhatIsRequiredAndNothingElse(RequestForm form) {
        assertThat(form.members()).allSatisfy(member -> {
            JsonObject without = member.without(form.example());
            Reply reply = send(form.operation(), without.encode());
            if (member.required() && form.isFree(member)) {
                assertThat(named(reply, member.isOfItem(), MALFORMED)).containsExactly(member.field());
            } else if (member.required()) {
                assertThat(named(reply, false, MALFORMED)).contains(member.field());
            } else {
                assertThat(RequestForm.refusedFields(reply, member.isOfItem())).doesNotContain(member.field());
            }
            if (member.types().contains("null")) {
                Reply withNull = send(form.operation(), member.with(form.example(), "null"));
                assertThat(RequestForm.refusedFields(withNull, member.isOfItem()))
                        .doesNotContain(member.field());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void missesEverythingThatIsRequiredAtOnce(RequestForm form) {
        Reply reply = send(form.operation(), form.emptied().encode());
        List<String> required = form.missingWhenEmptied();
        assertThat(required.isEmpty() ? required : reply.expectViolations(MALFORMED))
                .isEqualTo(required);
        assertThat(form.members()).filteredOn(RequestMember::isObject).allSatisfy(member -> {
            Reply refused = send(form.operation(), member.with(form.exampleFor(member), "{}"));
            assertThat(refused.expectViolations(MALFORMED))
                    .isEqualTo(member.siblings().stream()
                            .map(name -> member.field() + "." + name)
                            .toList());
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void namesAllThatIsWrongInTheOrderOfTheMembers(RequestForm form) {
        List<String> expected = new ArrayList<>();
        String body = form.example().encode();
        for (RequestMember member : form.members()) {
            if (member.isValue() && !member.isOfItem() && form.isFree(member)) {
                body = member.with(new JsonObject(body), "{\"x\":[1]}");
                expected.add(member.field());
            }
        }
        assertThat(send(form.operation(), body).expectViolations(MALFORMED)).isEqualTo(expected);
    }

    /** Blanks around these texts do not count, so that a schema cannot bound them. */
    @ParameterizedTest
    @CsvSource({"createMerchant, name, 255", "createPartner, name, 255", "requestPayout, details.account_holder, 140"})
    void countsATextWithoutTheBlanksAroundIt(String operation, String field, int max) {
        RequestForm form = forms().stream()
                .filter(candidate -> candidate.operation().id().equals(operation))
                .findFirst()
                .orElseThrow();
        RequestMember member = form.member(field);
        String longest = Scenario.unique("\ud834\udd1e");
        String padded = longest + "\ud834\udd1e".repeat(max - longest.codePointCount(0, longest.length()));
        for (Map.Entry<String, Boolean> text : Map.of(" \t" + padded + "\n ", true, padded + "x", false, "  \t ", false)
                .entrySet()) {
            Reply reply = send(form.operation(), member.with(form.example(), HostileValues.quoted(text.getKey())));
            assertThat(RequestForm.refusedFields(reply, false)).isEqualTo(text.getValue() ? List.of() : List.of(field));
        }
    }

    @Test
    void walksEveryBodyOfTheDescription() {
        assertThat(forms()).extracting(form -> form.operation().id()).contains("requestPayout", "createOffer");
        assertThat(forms().stream().mapToInt(form -> form.members().size()).sum())
                .isGreaterThan(60);
    }
}
