package com.clicknback.contract;

import static java.util.Objects.requireNonNull;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Things that exist, so that hostile requests get past the first look: ids for paths and bodies, callers, cursors. */
final class ContractScenario {
    private static final int PURCHASES = 10;
    private static final String UNKNOWN = "0874c212-40b0-4b25-9da3-a071af603050";

    private final Scenario given;
    private final Session user;
    private final Session admin;
    private final Partner sender;
    private final UUID merchant;
    private final ServedExamples examples;
    private final String clickId;
    private final Map<String, List<String>> ids;
    private final List<String> cursors;

    ContractScenario(TestService service, Scenario given) {
        this.given = given;
        this.user = given.user();
        this.admin = given.newAdmin();
        this.sender = given.partner();
        this.examples = new ServedExamples(service);
        this.merchant = given.trackedMerchant("20", 30);
        List<String> purchases = Stream.generate(() -> given.buy(user, merchant, "100.00"))
                .limit(PURCHASES)
                .map(UUID::toString)
                .toList();
        service.runVerification();
        ApiClient asUser = service.api().as(user);
        this.clickId = id(asUser.post("/users/me/clicks", JsonObject.of("merchant_id", merchant.toString()))
                .expect(201)
                .json());
        JsonObject payout = JsonObject.of("amount", "20.00", "method", "bank_transfer")
                .put("details", JsonObject.of("iban", "DE89370400440532013000", "account_holder", "A"));
        List<String> payouts =
                List.of(id(asUser.post("/users/me/payouts", payout).expect(201).json()));
        UUID offered = given.merchant();
        Partner changed = given.partner();
        ApiClient asAdmin = service.api().as(admin);
        JsonObject secret = asAdmin.post("/partners/" + changed.id() + "/secrets")
                .expect(201)
                .json();
        this.ids = Map.of(
                "merchants", List.of(given.merchant().toString()),
                "offers", List.of(given.offer(offered, "percent", "5", "50").toString()),
                "purchases", purchases,
                "payouts", payouts,
                "partners", List.of(changed.id().toString()),
                "secret_id", List.of(id(secret)));
        this.cursors = List.of("/users/me/purchases?limit=1", "/users/me/wallet/transactions?limit=1").stream()
                .map(list -> asUser.get(list).expect(200).json())
                .map(list -> list.getJsonObject("pagination").getString("next_cursor"))
                .toList();
    }

    private static String id(JsonObject created) {
        return created.getString("id");
    }

    /** A client that may call the operation with this body. */
    ApiClient client(TestService service, ApiOperation operation, String body) {
        return switch (operation.caller()) {
            case ANYONE -> service.api().with(operation.requiredHeaders());
            case USER -> service.api().as(caller(operation));
            case ADMIN -> service.api().as(admin);
            case PARTNER -> service.api().with(sender.sign(body, service.clock().instant()));
        };
    }

    String userId() {
        return user.userId().toString();
    }

    String userToken(ApiOperation operation) {
        return caller(operation).accessToken();
    }

    /** Another caller each time for an operation that ends the sessions of its caller. */
    private Session caller(ApiOperation operation) {
        return endsItsSessions(operation) ? given.user() : user;
    }

    private static boolean endsItsSessions(ApiOperation operation) {
        return operation.id().equals("endMySessions");
    }

    String adminToken(ApiOperation operation) {
        return (endsItsSessions(operation) ? given.newAdmin() : admin).accessToken();
    }

    Partner sender() {
        return sender;
    }

    String cursor(HostileValues values) {
        return values.oneOf(cursors);
    }

    /** A path of the operation, to something that exists or not. */
    String path(ApiOperation operation, HostileValues values) {
        String collection =
                operation.path().startsWith("/api/") ? operation.path().split("/")[3] : "";
        String path = operation.path(name -> switch (name) {
            case "partner_id" -> sender.id().toString();
            case "key" -> "hostile_flag_" + values.below(3);
            case "id" -> values.once(4) ? UNKNOWN : values.oneOf(ids.getOrDefault(collection, List.of(UNKNOWN)));
            default -> values.oneOf(ids.getOrDefault(name, List.of(UNKNOWN)));
        });
        String query = values.once(4) ? "" : GoodRequests.requiredQuery(operation);
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** One of the contract's examples, made to mean what exists. */
    JsonObject body(ApiOperation operation, HostileValues values) {
        return real(values.oneOf(examples.of(operation)));
    }

    /** An example of the contract, made to mean what exists. */
    JsonObject real(JsonObject example) {
        return (JsonObject) requireNonNull(real(null, example));
    }

    private @Nullable Object real(@Nullable String name, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            JsonObject real = new JsonObject();
            object.forEach(member -> real.put(member.getKey(), real(member.getKey(), member.getValue())));
            return real;
        }
        if (value instanceof JsonArray array) {
            return new JsonArray(array.stream().map(item -> real(null, item)).toList());
        }
        return switch (name == null ? "" : name) {
            case "user_id" -> user.userId().toString();
            case "merchant_id" -> merchant.toString();
            case "click_id" -> clickId;
            case "external_id", "name" -> Scenario.unique("hostile");
            case "email" -> Scenario.unique("hostile") + "@example.com";
            case "refresh_token" -> user.refreshToken();
            default -> value;
        };
    }
}
