package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The worked numbers of the page on amounts. */
class AmountsPageTest {
    private static final UUID OFFER = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();

    @Test
    void whatAPurchaseEarns() throws IOException {
        List<List<String>> rows = rows("| Terms | Amount |");
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            boolean fixed = row.get(0).endsWith("fixed");
            CashbackTerms terms = new CashbackTerms(
                    OFFER,
                    fixed ? CashbackType.FIXED : CashbackType.PERCENT,
                    TenThousandths.of(new BigDecimal(row.get(0).split(" ")[0])),
                    Money.MAX);
            assertThat(CashbackCalculator.entitled(terms, money(row.get(1)), money(row.get(2))))
                    .as("%s", row)
                    .isEqualTo(money(row.get(3)));
        });
    }

    @Test
    void whatTheCapLeaves() throws IOException {
        List<List<String>> rows = rows("| Cap | Earn |");
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            List<RatedPurchase> purchases = new ArrayList<>();
            amounts(row.get(1)).forEach(earned -> purchases.add(earning(earned, money(row.get(0)))));
            assertThat(CapAllocation.allocate(purchases, Money.ZERO))
                    .as("%s", row)
                    .isEqualTo(amounts(row.get(2)));
        });
    }

    @Test
    void whatRaisedCapsLeave() throws IOException {
        List<List<String>> rows = rows("| Caps | Earn |");
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            List<Money> caps = amounts(row.get(0));
            List<Money> earned = amounts(row.get(1));
            List<RatedPurchase> purchases = new ArrayList<>();
            for (int i = 0; i < caps.size(); i++) {
                purchases.add(earning(earned.get(i), caps.get(i)));
            }
            assertThat(CapAllocation.allocate(purchases, Money.ZERO))
                    .as("%s", row)
                    .isEqualTo(amounts(row.get(2)));
        });
    }

    /** A purchase that earns all that was kept of it. */
    private static RatedPurchase earning(Money earned, Money cap) {
        return new RatedPurchase(
                UUID.randomUUID(),
                USER,
                Instant.EPOCH,
                LocalDate.EPOCH,
                new CashbackTerms(OFFER, CashbackType.PERCENT, 100_0000, cap),
                Money.MAX,
                Money.MAX.minus(earned),
                null,
                Account.PENDING,
                Money.ZERO);
    }

    private static List<Money> amounts(String cell) {
        return Stream.of(cell.split(", ")).map(AmountsPageTest::money).toList();
    }

    private static Money money(String text) {
        return Money.ofDecimal(new BigDecimal(text));
    }

    /** The cells of the table that begins with a heading. */
    private static List<List<String>> rows(String heading) throws IOException {
        return Files.readAllLines(Path.of("docs/amounts.md")).stream()
                .dropWhile(line -> !line.startsWith(heading))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
