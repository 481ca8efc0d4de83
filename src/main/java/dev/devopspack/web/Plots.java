package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.gate.VerdictStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the last thirty days looked like.
@Singleton
class Plots {

    private final VerdictStore verdicts;
    private final Clock clock;

    Plots(VerdictStore verdicts, Clock clock) {
        this.verdicts = verdicts;
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// Change sets that the gates judged, and how many had none that failed.
    Plot gates() {
        LocalDate today = today();
        List<VerdictStore.Day> days = verdicts.days(today.minusDays(Plot.DAYS - 1L));
        int judged = days.stream().mapToInt(VerdictStore.Day::judged).sum();
        int passed = days.stream().mapToInt(VerdictStore.Day::passed).sum();
        Map<LocalDate, VerdictStore.Day> byDay =
                days.stream().collect(Collectors.toMap(VerdictStore.Day::day, day -> day));
        return Plot.of(
                "Gates passed",
                judged == 0
                        ? "nothing judged in 30 days"
                        : Math.round(100.0 * passed / judged)
                                + " %: "
                                + passed
                                + " of "
                                + judged
                                + " in 30 days",
                today,
                day -> byDay.containsKey(day) ? parts(byDay.get(day)) : List.of());
    }

    private static List<Plot.Part> parts(VerdictStore.Day day) {
        int failed = day.judged() - day.passed();
        return List.of(
                new Plot.Part(day.passed(), Pill.GOOD, day.day() + ": " + day.passed() + " passed"),
                new Plot.Part(failed, Pill.BAD, day.day() + ": " + failed + " failed"));
    }

    /// How long people took to decide: each day's median.
    Plot decisions(List<Approval> newest) {
        LocalDate today = today();
        Map<LocalDate, List<Duration>> byDay =
                newest.stream()
                        .filter(approval -> !approval.decisions().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        Plots::decidedOn,
                                        Collectors.mapping(Plots::time, Collectors.toList())));
        byDay.keySet().removeIf(day -> day.isBefore(today.minusDays(Plot.DAYS - 1L)));
        List<Duration> all = byDay.values().stream().flatMap(List::stream).toList();
        return Plot.of(
                "Median time to decide",
                all.isEmpty()
                        ? "nothing decided in 30 days"
                        : Moment.length(median(all)) + ": " + all.size() + " decided in 30 days",
                today,
                day -> byDay.containsKey(day) ? List.of(part(day, byDay.get(day))) : List.of());
    }

    private static Plot.Part part(LocalDate day, List<Duration> times) {
        Duration median = median(times);
        return new Plot.Part(
                Math.max(1, median.toSeconds()), Pill.QUIET, day + ": " + Moment.length(median));
    }

    private static LocalDate decidedOn(Approval approval) {
        return LocalDate.ofInstant(approval.decisions().getFirst().decidedAt(), ZoneOffset.UTC);
    }

    private static Duration time(Approval approval) {
        return Duration.between(
                approval.request().createdAt(), approval.decisions().getFirst().decidedAt());
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }
}
