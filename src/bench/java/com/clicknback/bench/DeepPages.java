package com.clicknback.bench;

import com.clicknback.testing.MintedToken;
import com.clicknback.testing.Sql;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures one page deep inside the admins' list of purchases, by offset and by cursor. */
final class DeepPages {
    private static final List<Integer> DEPTHS = List.of(0, 10_000, 100_000, 1_000_000);
    private static final int REPEATS = 7;
    private static final int OK = 200;
    private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String list;
    private final Sql sql;

    DeepPages(int port, Sql sql) {
        this.list = "http://127.0.0.1:" + port + "/api/v1/purchases";
        this.sql = sql;
    }

    void measure(Report report) throws IOException, InterruptedException {
        long purchases = sql.count("SELECT count(*) FROM purchases");
        report.figure("purchases in the table", purchases);
        for (int depth : DEPTHS) {
            if (depth + 1 >= purchases) {
                return;
            }
            HttpResponse<String> first = get("?limit=1&offset=" + depth);
            if (first.statusCode() != OK) {
                report.figure("page at " + depth + " by offset, ms", "answered " + first.statusCode());
                continue;
            }
            String cursor = cursorOf(first, depth);
            report.figure("page at " + depth + " by offset, ms", medianMs("?limit=20&offset=" + depth));
            report.figure("page at " + depth + " by cursor, ms", medianMs("?limit=20&cursor=" + cursor));
        }
    }

    private static String cursorOf(HttpResponse<String> page, int depth) throws IOException {
        Matcher cursor = CURSOR.matcher(page.body());
        if (!cursor.find()) {
            throw new IOException("no cursor at " + depth);
        }
        return cursor.group(1);
    }

    /** In milliseconds, or what was answered instead. */
    private Object medianMs(String query) throws IOException, InterruptedException {
        long[] took = new long[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long startNs = System.nanoTime();
            int status = get(query).statusCode();
            took[i] = System.nanoTime() - startNs;
            if (status != OK) {
                return "answered " + status;
            }
        }
        Arrays.sort(took);
        return TimeUnit.NANOSECONDS.toMicros(took[REPEATS / 2]) / 1000.0;
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(list + query))
                .header("Authorization", "Bearer " + MintedToken.of(Seed.ADMIN_ID, "admin", Instant.now()))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
