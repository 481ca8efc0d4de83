package dev.devopspack.review;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The dated price table that ships with the program, and one estimate made with it.
final class PriceTable {

    private static final ReviewData DATA = ReviewData.read("/prices/aws.yaml");
    private static final BigDecimal HOURS = new BigDecimal(DATA.text("hoursPerMonth"));
    private static final List<Meter> METERS =
            DATA.records("meters").stream().map(Meter::of).toList();
    private static final List<Map<String, Object>> UNCOUNTED = DATA.records("uncounted");
    private static final Set<String> FREE = Set.copyOf(DATA.list("free"));

    /// More units than any one resource has; beyond it a number is a mistake or an attack.
    private static final BigDecimal MAX_QUANTITY = new BigDecimal(10_000_000);

    private static final int MAX_QUANTITY_LENGTH = 12;

    private final Map<String, Sum> sums = new TreeMap<>();
    private final Set<String> notCounted = new TreeSet<>();
    private @Nullable String asOf;

    private record Sum(int count, BigDecimal usd) {}

    private record Meter(
            String type,
            String part,
            BigDecimal monthlyUsd,
            @Nullable String quantity,
            Map<String, List<String>> when,
            String asOf) {

        static Meter of(Map<String, Object> record) {
            BigDecimal usd = new BigDecimal(String.valueOf(record.get("usd")));
            boolean hourly = "hour".equals(record.get("per"));
            Object quantity = record.get("quantity");
            return new Meter(
                    String.valueOf(record.get("type")),
                    String.valueOf(record.get("part")),
                    hourly ? usd.multiply(HOURS) : usd,
                    quantity == null ? null : quantity.toString(),
                    conditions(record.get("when")),
                    String.valueOf(record.get("asOf")));
        }

        private static Map<String, List<String>> conditions(@Nullable Object when) {
            Map<String, List<String>> conditions = new TreeMap<>();
            if (when instanceof Map<?, ?> map) {
                map.forEach((path, values) ->
                        conditions.put(
                                String.valueOf(path),
                                ((List<?>) values).stream().map(String::valueOf).toList()));
            }
            return conditions;
        }

        boolean holdsFor(Datum resource) {
            return when.entrySet().stream()
                    .allMatch(condition -> {
                        List<Datum> found = Paths.values(resource, condition.getKey());
                        if (found.stream().anyMatch(Datum::isOpaque)) {
                            return false;
                        }
                        String value = found.isEmpty() ? "" : Paths.scalar(found.getFirst());
                        return condition.getValue().contains(value);
                    });
        }
    }

    CostEstimate estimate(ChangePlan plan) {
        for (ResourceChange change : plan.changes()) {
            switch (change.action()) {
                case CREATE -> add(change, change.after(), 1);
                case DESTROY -> add(change, change.before(), -1);
                case UPDATE, REPLACE -> {
                    add(change, change.before(), -1);
                    add(change, change.after(), 1);
                }
                case FORGET, READ, NO_OP -> {}
            }
        }
        List<CostEstimate.Part> parts = new ArrayList<>();
        sums.forEach((what, sum) -> {
            if (sum.usd().signum() != 0 || sum.count() != 0) {
                parts.add(new CostEstimate.Part(what, sum.count(), sum.usd()));
            }
        });
        parts.sort(
                Comparator.comparing(CostEstimate.Part::monthlyUsd)
                        .reversed()
                        .thenComparing(CostEstimate.Part::what));
        return new CostEstimate(
                parts.stream()
                        .map(CostEstimate.Part::monthlyUsd)
                        .reduce(BigDecimal.ZERO, BigDecimal::add),
                plan.source() != ChangePlan.Source.FIRST_RELEASE,
                parts,
                List.copyOf(notCounted),
                asOf,
                DATA.text("region"));
    }

    private void add(ResourceChange change, Datum resource, int sign) {
        boolean known = FREE.contains(change.type());
        for (Map<String, Object> uncounted : UNCOUNTED) {
            if (change.type().equals(uncounted.get("type"))) {
                notCounted.add(String.valueOf(uncounted.get("part")));
                known = true;
            }
        }
        boolean priced = false;
        for (Meter meter : METERS) {
            if (meter.type().equals(change.type()) && meter.holdsFor(resource)) {
                priced |= count(meter, resource, sign);
            }
        }
        if (!priced && (!known || METERS.stream().anyMatch(m -> m.type().equals(change.type())))) {
            notCounted.add("resources of type " + Shown.name(change.type()));
        }
    }

    /// @return whether the quantity was known, so that it is counted
    private boolean count(Meter meter, Datum resource, int sign) {
        Optional<BigDecimal> quantity =
                meter.quantity() == null
                        ? Optional.of(BigDecimal.ONE)
                        : quantity(resource, meter.quantity());
        if (quantity.isEmpty()) {
            return false;
        }
        BigDecimal usd =
                meter.monthlyUsd().multiply(quantity.get()).multiply(BigDecimal.valueOf(sign));
        sums.merge(
                meter.part(),
                new Sum(sign, usd),
                (a, b) -> new Sum(a.count() + b.count(), a.usd().add(b.usd())));
        if (asOf == null || meter.asOf().compareTo(asOf) < 0) {
            asOf = meter.asOf();
        }
        return true;
    }

    private static Optional<BigDecimal> quantity(Datum resource, String path) {
        List<Datum> found = Paths.values(resource, path);
        if (found.size() != 1) {
            return Optional.empty();
        }
        String text = Paths.scalar(found.getFirst());
        boolean plain =
                !text.isEmpty()
                        && text.length() <= MAX_QUANTITY_LENGTH
                        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
        if (!plain || text.startsWith(".") || text.indexOf('.') != text.lastIndexOf('.')) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text);
        return value.compareTo(MAX_QUANTITY) <= 0 ? Optional.of(value) : Optional.empty();
    }
}
