package dev.devopspack.review;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a change costs every month whether or not it is used, as far as our price table knows.
///
/// An estimate from list prices, never a quotation: what is not counted is named.
///
/// @param monthlyUsd the sum of the parts; below zero where more goes than comes
/// @param difference whether it is what a change adds or saves, and not the cost of a whole stack
/// @param parts what is counted, the dearest first
/// @param notCounted what depends on use or has no known price, sorted
/// @param asOf the oldest day of the prices used, `YYYY-MM-DD`; null where none was
/// @param region the region of the prices
public record CostEstimate(
        BigDecimal monthlyUsd,
        boolean difference,
        List<Part> parts,
        List<String> notCounted,
        @Nullable String asOf,
        String region) {

    /// @param what for example `NAT gateway`
    /// @param count how many resources; below zero where they go
    public record Part(String what, int count, BigDecimal monthlyUsd) {}

    public CostEstimate {
        parts = List.copyOf(parts);
        notCounted = List.copyOf(notCounted);
    }

    public static CostEstimate of(ChangePlan plan) {
        return new PriceTable().estimate(plan);
    }

    /// For example `≈ 175 USD / month fixed (as of 2024-07-01, us-east-1; 3 parts not counted)`.
    public String summary() {
        if (asOf == null) {
            return "no fixed cost that the price table knows" + uncounted(" (", ")");
        }
        String sign = difference && monthlyUsd.signum() >= 0 ? "+" : "";
        return "≈ "
                + sign
                + monthlyUsd.setScale(0, RoundingMode.HALF_UP).toPlainString()
                + " USD / month fixed (as of "
                + asOf
                + ", "
                + region
                + uncounted("; ", "")
                + ")";
    }

    private String uncounted(String before, String after) {
        if (notCounted.isEmpty()) {
            return "";
        }
        String parts = notCounted.size() == 1 ? " part" : " parts";
        return before + notCounted.size() + parts + " not counted" + after;
    }

    /// As plain values; amounts are texts with two decimals.
    public Map<String, Object> document() {
        Map<String, Object> document = new TreeMap<>();
        document.put("summary", summary());
        document.put("monthlyUsd", amount(monthlyUsd));
        document.put("difference", difference);
        document.put("region", region);
        document.put("notCounted", notCounted);
        if (asOf != null) {
            document.put("asOf", asOf);
        }
        document.put(
                "parts",
                parts.stream()
                        .map(part ->
                                Map.of(
                                        "what", part.what(),
                                        "count", part.count(),
                                        "monthlyUsd", amount(part.monthlyUsd())))
                        .toList());
        return document;
    }

    static String amount(BigDecimal usd) {
        return usd.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
