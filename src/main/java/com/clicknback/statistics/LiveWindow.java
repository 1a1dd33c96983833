package com.clicknback.statistics;

import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.ops.Reading;
import com.clicknback.platform.ops.Reading.Verdict;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rise of the counters of this process in each of the latest intervals. Nothing is counted for it. */
final class LiveWindow {
    static final int INTERVAL_SECONDS = 5;
    static final int SAMPLES_MAX = 15 * 60 / INTERVAL_SECONDS;

    /** The busiest; more of them would not fit a screen. */
    static final int PARTNERS_MAX = 20;

    private static final double MILLIS = 1_000.0;

    private final Deque<Interval> intervals = new ArrayDeque<>();
    private Reading last;

    LiveWindow(Reading first) {
        last = first;
    }

    private record Interval(LiveSample sample, Map<Verdict, Long> verdicts) {}

    /** Ends an interval. */
    void add(Instant at, Reading now) {
        Map<Verdict, Long> verdicts = risen(now);
        Map<String, Long> rejections = new TreeMap<>();
        verdicts.forEach((verdict, count) -> {
            if (verdict.isRejection()) {
                rejections.merge(verdict.outcome(), count, Long::sum);
            }
        });
        LiveSample sample = new LiveSample(
                at,
                now.accepted() - last.accepted(),
                now.credited() - last.credited(),
                now.duplicates() - last.duplicates(),
                rejections,
                Math.round(now.creditingLagSeconds() * MILLIS) / MILLIS,
                now.ingestQueue());
        intervals.addLast(new Interval(sample, verdicts));
        if (intervals.size() > SAMPLES_MAX) {
            intervals.removeFirst();
        }
        last = now;
    }

    /** Without what did not rise, so that a quiet partner takes no room. */
    private Map<Verdict, Long> risen(Reading now) {
        Map<Verdict, Long> risen = new HashMap<>();
        now.verdicts().forEach((verdict, count) -> {
            long more = count - last.verdicts().getOrDefault(verdict, 0L);
            if (more > 0) {
                risen.put(verdict, more);
            }
        });
        return risen;
    }

    /** The oldest first. */
    List<LiveSample> samples() {
        return intervals.stream().map(Interval::sample).toList();
    }

    /** The verdicts of the whole window by partner, the busiest first. */
    List<PartnerVerdicts> partners() {
        Map<String, Map<String, Long>> byPartner = new TreeMap<>();
        intervals.forEach(interval -> interval.verdicts()
                .forEach((verdict, count) -> byPartner
                        .computeIfAbsent(verdict.partner(), partner -> new TreeMap<>())
                        .merge(verdict.outcome(), count, Long::sum)));
        return byPartner.entrySet().stream()
                .map(partner -> verdicts(partner.getKey(), partner.getValue()))
                .sorted(Comparator.comparing(PartnerVerdicts::total).reversed())
                .limit(PARTNERS_MAX)
                .toList();
    }

    private static PartnerVerdicts verdicts(String partner, Map<String, Long> byOutcome) {
        Map<String, Long> rejections = new TreeMap<>(byOutcome);
        Long accepted = rejections.remove(Reading.ACCEPTED);
        Long duplicates = rejections.remove(Reading.DUPLICATE);
        return new PartnerVerdicts(
                CanonicalUuid.of(partner),
                accepted == null ? 0 : accepted,
                duplicates == null ? 0 : duplicates,
                rejections);
    }
}
