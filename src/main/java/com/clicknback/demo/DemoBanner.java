package com.clicknback.demo;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The text of a start with demo data. */
public final class DemoBanner {
    private static final Money AMOUNT = Money.ofMinor(100_00);

    private DemoBanner() {}

    /**
     * The text for one start; it ends with a command that works for as long as a signature is valid.
     *
     * @param baseUrl scheme, host and port of the API, without a slash at the end
     * @param managementUrl the same of the management port
     */
    public static String text(String baseUrl, String managementUrl, Instant now) {
        return """

                ClicknBack is running.

                  Console        %1$s/console
                                 sign in as carol@clicknback.com, password Str0ng!Pass
                  Shopper's app  %1$s/app
                                 sign in as alice@clicknback.com, password Str0ng!Pass
                  Try this       In the console press /, type alice, press Enter: her wallet, and each purchase with
                                 its story. Then paste the command below and press Refresh.

                  API            %1$s/api/v1
                  Documentation  %1$s/docs (OpenAPI: %1$s/openapi.yaml)
                  Management     %2$s/metrics, %2$s/health/ready
                  More accounts  the shoppers bob, dave and erin and the admin jero, all @clicknback.com with the
                                 same password
                  Demo partner   %3$s, secret %4$s
                  Demo traffic   CLICKNBACK_DEMO_TRAFFIC=50 at the next start makes the console's first screen move

                Let the demo partner report that alice bought for %5$s %6$s at Shoply (signed for the next 5 minutes):

                %7$s
                """.formatted(
                        baseUrl,
                        managementUrl,
                        DemoPartner.ID,
                        DemoPartner.SECRET.text(),
                        AMOUNT,
                        AMOUNT.currency(),
                        curl(baseUrl, now));
    }

    /** One line for bash; nothing in it contains a single quote, so single quotes keep every byte as it is. */
    private static String curl(String baseUrl, Instant now) {
        DemoPurchase purchase = new DemoPurchase(
                "demo-curl-" + now.toEpochMilli(), DemoShoppers.ALICE, DemoShoppers.SHOPLY, AMOUNT, now);
        Map<String, String> headers = new TreeMap<>(DemoPartner.headers(purchase, now));
        StringBuilder command = new StringBuilder("curl -sS");
        headers.forEach((name, value) -> command.append(" -H ").append(quoted(name + ": " + value)));
        return command.append(" --data-binary ")
                .append(quoted(purchase.body()))
                .append(' ')
                .append(quoted(DemoPartner.purchasesUrl(baseUrl)))
                .toString();
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
