package dev.devopspack.review;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One line of `risks.yaml`: what at a path of a type is bad, and how that is said.
record ValueTest(
        String type,
        String path,
        Kind kind,
        List<String> values,
        Map<String, List<String>> when,
        String says) {

    enum Kind {
        OPEN("open"),
        TRUE("true"),
        FALSE("false"),
        NOT_TRUE("not-true"),
        NOT_FALSE("not-false"),
        ONE_OF("one-of"),
        ENDS_WITH("ends-with"),
        PRESENT("present");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        static Kind of(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            throw new IllegalStateException("risks.yaml: the test '" + label + "' is not known");
        }

        /// Whether an attribute that is not there is bad: the provider's default is.
        boolean badWhereAbsent() {
            return this == NOT_TRUE || this == NOT_FALSE;
        }
    }

    enum Result {
        BAD,
        FINE,
        NOT_KNOWN
    }

    static ValueTest of(Map<String, Object> record) {
        return new ValueTest(
                String.valueOf(record.get("type")),
                String.valueOf(record.get("path")),
                Kind.of(String.valueOf(record.get("test"))),
                strings(record.get("values")),
                conditions(record.get("when")),
                String.valueOf(record.get("says")));
    }

    Result judge(Datum resource) {
        Result applies = applies(resource);
        if (applies != Result.BAD) {
            return applies;
        }
        List<Datum> found = Paths.values(resource, path);
        if (found.isEmpty()) {
            return kind.badWhereAbsent() ? Result.BAD : Result.FINE;
        }
        Result result = Result.FINE;
        for (Datum value : found) {
            if (value.isOpaque()) {
                result = Result.NOT_KNOWN;
            } else if (isBad(value)) {
                return Result.BAD;
            }
        }
        return result;
    }

    /// BAD where all conditions hold.
    private Result applies(Datum resource) {
        for (Map.Entry<String, List<String>> condition : when.entrySet()) {
            List<Datum> found = Paths.values(resource, condition.getKey());
            if (found.stream().anyMatch(Datum::isOpaque)) {
                return Result.NOT_KNOWN;
            }
            String value = found.isEmpty() ? "" : Paths.scalar(found.getFirst());
            if (condition.getValue().stream().noneMatch(value::equalsIgnoreCase)) {
                return Result.FINE;
            }
        }
        return Result.BAD;
    }

    private boolean isBad(Datum value) {
        String text = Paths.scalar(value);
        return switch (kind) {
            case OPEN -> Networks.isOpen(text);
            case TRUE -> text.equalsIgnoreCase("true");
            case FALSE -> text.equalsIgnoreCase("false");
            case NOT_TRUE -> !text.equalsIgnoreCase("true");
            case NOT_FALSE -> !text.equalsIgnoreCase("false");
            case ONE_OF -> values.stream().anyMatch(text::equalsIgnoreCase);
            case ENDS_WITH -> values.stream().anyMatch(text::endsWith);
            case PRESENT -> true;
        };
    }

    private static List<String> strings(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<String, List<String>> conditions(@Nullable Object when) {
        Map<String, List<String>> conditions = new TreeMap<>();
        if (when instanceof Map<?, ?> map) {
            map.forEach((path, values) -> conditions.put(String.valueOf(path), strings(values)));
        }
        return conditions;
    }
}
