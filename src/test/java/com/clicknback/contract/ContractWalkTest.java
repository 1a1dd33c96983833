package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Document;
import com.clicknback.testing.ApiOperation.Example;
import com.clicknback.testing.Reply;
import com.clicknback.testing.ServiceExtension;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description and the service are the same list of operations, and the description shows each of them by example. */
@ExtendWith(ServiceExtension.class)
class ContractWalkTest {
    private static final String JSON = "application/json";
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final ApiClient anyone;

    ContractWalkTest(ApiClient anyone) {
        this.anyone = anyone;
    }

    static List<ApiOperation> operations() {
        return ApiOperation.all();
    }

    /** Every path of the contract, filled in, and the methods that it documents. */
    static SortedSet<String> paths() {
        return operations().stream().map(ContractWalkTest::filled).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String filled(ApiOperation operation) {
        return operation.path(parameter -> "00000000-0000-4000-8000-000000000000");
    }

    private static Set<String> documented(String path) {
        return operations().stream()
                .filter(operation -> filled(operation).equals(path))
                .map(ApiOperation::method)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theContractNamesEachOperationOnce() {
        assertThat(operations()).extracting(ApiOperation::id).doesNotHaveDuplicates();
        assertThat(operations()).extracting(o -> o.method() + " " + o.path()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void servesTheOperation(ApiOperation operation) {
        Reply reply = anyone.send(operation.method(), filled(operation), null);
        assertThat(reply.status()).isNotIn(405, 500, 501);
        if (reply.status() == 404) {
            assertThat(reply.expectError(404, "NOT_FOUND").getString("resource_type"))
                    .isNotEqualTo("route");
        }
    }

    static Stream<ApiOperation> operationsWithBody() {
        return operations().stream().filter(operation -> operation.body() != ApiOperation.Body.NONE);
    }

    @ParameterizedTest
    @MethodSource("operationsWithBody")
    void showsEachRequestByExample(ApiOperation operation) {
        assertThat(operation.documents().requests()).isNotEmpty();
        operation.documents().requests().forEach(ContractWalkTest::requireValidExamples);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void showsEachJsonResponseByExample(ApiOperation operation) {
        assertThat(operation.statuses()).anyMatch(status -> status < 400);
        List<Document> json = operation.documents().responses().stream()
                .filter(response -> response.mediaType().startsWith(JSON))
                .toList();
        assertThat(json).isNotEmpty();
        json.forEach(ContractWalkTest::requireValidExamples);
    }

    private static void requireValidExamples(Document document) {
        assertThat(document.examples()).as("examples of %s", document.place()).isNotEmpty();
        for (Example example : document.examples()) {
            assertThat(example.problems())
                    .as("%s of %s", example.name(), document.place())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void showsValidExamplesOfItsQueryParameters(ApiOperation operation) {
        assertThat(operation.documents().queryParameters())
                .allSatisfy(parameter -> assertThat(parameter.problems()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("paths")
    void servesNoUndocumentedMethod(String path) {
        Set<String> documented = documented(path);
        for (String method : METHODS) {
            if (!documented.contains(method)) {
                assertThat(anyone.send(method, path, null).expectError(405, "METHOD_NOT_ALLOWED"))
                        .as("%s %s", method, path)
                        .isNotEmpty();
            }
        }
    }

    /** Paths between, above and below the documented ones. */
    static Stream<String> undocumentedPaths() {
        SortedSet<String> documented = paths();
        SortedSet<String> neighbours = new TreeSet<>();
        for (String path : documented) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                neighbours.add(path.substring(0, slash));
            }
            neighbours.add(path + "/" + UUID.randomUUID());
            neighbours.add(path + "/status/status");
            neighbours.add(path + "s");
            neighbours.add(path.replace("/v1/", "/v2/"));
        }
        return neighbours.stream().filter(path -> operations().stream().noneMatch(o -> matches(o, path)));
    }

    private static boolean matches(ApiOperation operation, String path) {
        return path.matches(operation.path().replaceAll("\\{[a-z_]+}", "[^/]+"));
    }

    @ParameterizedTest
    @MethodSource("undocumentedPaths")
    void servesNothingBesideTheContract(String path) {
        for (String method : METHODS) {
            assertThat(anyone.send(method, path, null)
                            .expectError(404, "NOT_FOUND")
                            .getString("resource_type"))
                    .as("%s %s", method, path)
                    .isEqualTo("route");
        }
    }
}
