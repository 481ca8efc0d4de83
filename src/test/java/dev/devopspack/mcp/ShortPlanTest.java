package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How much of a plan an assistant is told.
class ShortPlanTest {

    @Test
    void aShortPlanIsToldWhole() {
        Map<String, Object> plan =
                Map.of(
                        "counts", Map.of("create", 1),
                        "changes", List.of(created("aws_s3_bucket.logs", ShortPlan.MAX_ATTRIBUTES)),
                        "drift", List.of());

        assertEquals(plan, ShortPlan.of(plan));
    }

    @Test
    void ofALongOneAddressesAndActions() {
        Map<String, Object> plan =
                Map.of(
                        "counts", Map.of("create", 2),
                        "changes",
                                List.of(
                                        created("aws_s3_bucket.logs", ShortPlan.MAX_ATTRIBUTES),
                                        created("aws_s3_bucket.data", 0)),
                        "drift", List.of(created("aws_s3_bucket.old", 1)));

        assertEquals(
                Map.of(
                        "counts", Map.of("create", 2),
                        "changes", List.of(told("aws_s3_bucket.logs"), told("aws_s3_bucket.data")),
                        "drift", List.of(told("aws_s3_bucket.old")),
                        "shortened", "The resource `plan` has the attributes of each."),
                ShortPlan.of(plan));
    }

    @Test
    void ofAVeryLongOneTheFirst() {
        List<Map<String, Object>> changes =
                IntStream.range(0, ShortPlan.MAX_CHANGES + 1)
                        .mapToObj(i -> created("aws_s3_bucket.b[" + i + "]", 1))
                        .toList();

        Object told = ShortPlan.of(Map.of("changes", changes)).get("changes");

        assertEquals(
                IntStream.range(0, ShortPlan.MAX_CHANGES)
                        .mapToObj(i -> told("aws_s3_bucket.b[" + i + "]"))
                        .toList(),
                told);
    }

    @Test
    void whatHasNoResourcesStaysAsItIs() {
        Map<String, Object> plan = Map.of("source", "first-release", "changes", List.of());

        assertEquals(plan, ShortPlan.of(plan));
    }

    private static Map<String, Object> created(String address, int attributes) {
        return Map.of(
                "address",
                address,
                "type",
                "aws_s3_bucket",
                "action",
                "create",
                "attributes",
                IntStream.range(0, attributes)
                        .mapToObj(i -> Map.of("path", "tags.t" + i, "after", "\"x\""))
                        .toList());
    }

    private static Map<String, Object> told(String address) {
        return Map.of("address", address, "action", "create");
    }
}
