package dev.devopspack.policy;

import java.util.List;

/// What of a rule somebody may set: how long is long enough, which registries are theirs.
///
/// @param standard the value where nobody sets another: `Long`, `String`, `Boolean` or a list
/// @param meaning one sentence without a full stop
public record RuleParameter(Type type, Object standard, String meaning) {

    /// What a value has to be.
    public enum Type {
        NUMBER("number", "a whole number"),
        TEXT("text", "a text"),
        TRUTH("truth", "true or false"),
        NUMBERS("numbers", "a list of whole numbers"),
        TEXTS("texts", "a list of texts");

        private final String label;
        private final String wanted;

        Type(String label, String wanted) {
            this.label = label;
            this.wanted = wanted;
        }

        public String label() {
            return label;
        }

        String wanted() {
            return wanted;
        }

        boolean takes(Object value) {
            return switch (this) {
                case NUMBER -> value instanceof Long;
                case TEXT -> value instanceof String;
                case TRUTH -> value instanceof Boolean;
                case NUMBERS ->
                        value instanceof List<?> list
                                && list.stream().allMatch(Long.class::isInstance);
                case TEXTS ->
                        value instanceof List<?> list
                                && list.stream().allMatch(String.class::isInstance);
            };
        }
    }
}
