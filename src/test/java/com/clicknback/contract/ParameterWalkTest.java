package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.QueryParameter;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query parameter is what its schema says, and a refusal names it. */
@ExtendWith(ServiceExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ParameterWalkTest {
    private final GoodRequests good;
    private final ServedSchemas schemas;

    ParameterWalkTest(TestService service, Scenario given) {
        this.good = new GoodRequests(service, given);
        this.schemas = new ServedSchemas(service);
    }

    static List<ApiOperation> operations() {
        return ApiOperation.all().stream()
                .filter(operation -> !shaped(operation).isEmpty())
                .toList();
    }

    private static List<QueryParameter> shaped(ApiOperation operation) {
        return operation.documents().queryParameters().stream()
                .filter(parameter -> !FuzzedRequests.RULES.contains(operation.id() + " " + parameter.name()))
                .toList();
    }

    private Reply send(ApiOperation operation, String query) {
        String path = good.path(operation);
        return good.client(operation, null)
                .send(operation.method(), path + (path.contains("?") ? "&" : "?") + query, null);
    }

    private static String query(QueryParameter parameter, String value) {
        return parameter.name() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void namesAParameterOfAWrongForm(ApiOperation operation) {
        assertThat(shaped(operation)).allSatisfy(parameter -> {
            List<String> wrong = WrongValues.ofQuery(schemas.resolved(parameter.schema()));
            assertThat(wrong).isNotEmpty();
            for (String value : wrong) {
                assertThat(send(operation, query(parameter, value)).expectViolations(422))
                        .as("%s = %s", parameter.name(), value)
                        .containsExactly(parameter.name());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void acceptsAParameterAtItsLimits(ApiOperation operation) {
        assertThat(shaped(operation)).allSatisfy(parameter -> {
            for (String value : WrongValues.ofQueryAtTheLimits(parameter.schema())) {
                if (!parameter.name().equals("cursor")) {
                    assertThat(send(operation, query(parameter, value)).status())
                            .isNotEqualTo(422);
                }
            }
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void namesAllThatAreWrongInTheirOrder(ApiOperation operation) {
        String allWrong = shaped(operation).stream()
                .map(parameter -> query(parameter, "\0"))
                .collect(Collectors.joining("&"));
        assertThat(send(operation, allWrong).expectViolations(422))
                .isEqualTo(shaped(operation).stream().map(QueryParameter::name).toList());
    }

    @Test
    void missesWhatIsRequired() {
        Stream<ApiOperation> requiring = operations().stream()
                .filter(operation -> !GoodRequests.required(operation).isEmpty());
        assertThat(requiring).isNotEmpty().allSatisfy(operation -> {
            String path = good.path(operation);
            Reply refused =
                    good.client(operation, null).send(operation.method(), path.substring(0, path.indexOf('?')), null);
            assertThat(refused.expectViolations(422)).isEqualTo(GoodRequests.required(operation));
        });
    }
}
