package dev.devopspack.specialist.security;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds a service control policy that we wrote against what AWS documents for them.
///
/// Each statement denies, names its actions in one of two ways, and has no principal.
///
/// Source:
/// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
final class ServiceControlShape {

    private static final Set<String> ELEMENTS =
            Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "Condition");

    /// Letters and digits only.
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");

    /// A wildcard stands alone or at the end: so it is taken in every partition.
    private static final Pattern ACTION =
            Pattern.compile("\\*|[a-z0-9-]{1,40}:([A-Za-z0-9]{1,80}\\*?|\\*)");

    private static final Pattern RESOURCE = Pattern.compile("\\*|arn:[!-~]{1,500}");

    private static final Pattern KEY = Pattern.compile("[a-z0-9-]{1,40}:[A-Za-z0-9/]{1,80}");

    /// Of the operators for conditions, those without `ForAllValues:`, `ForAnyValue:` and
    /// `IfExists`.
    private static final Set<String> OPERATORS =
            Set.of(
                    "StringEquals",
                    "StringNotEquals",
                    "StringEqualsIgnoreCase",
                    "StringNotEqualsIgnoreCase",
                    "StringLike",
                    "StringNotLike",
                    "NumericEquals",
                    "NumericNotEquals",
                    "NumericLessThan",
                    "NumericLessThanEquals",
                    "NumericGreaterThan",
                    "NumericGreaterThanEquals",
                    "DateEquals",
                    "DateNotEquals",
                    "DateLessThan",
                    "DateLessThanEquals",
                    "DateGreaterThan",
                    "DateGreaterThanEquals",
                    "Bool",
                    "BinaryEquals",
                    "IpAddress",
                    "NotIpAddress",
                    "ArnEquals",
                    "ArnLike",
                    "ArnNotEquals",
                    "ArnNotLike",
                    "Null");

    private ServiceControlShape() {}

    /// @throws IllegalStateException where it differs: ours must not
    static void check(Map<String, Object> document) {
        require(document.keySet().equals(Set.of("Version", "Statement")), "its elements");
        require("2012-10-17".equals(document.get("Version")), "its version");
        Set<Object> sids = new HashSet<>();
        List<?> statements = document.get("Statement") instanceof List<?> list ? list : List.of();
        require(!statements.isEmpty(), "its statements");
        for (Object item : statements) {
            require(
                    item instanceof Map<?, ?> map && ELEMENTS.containsAll(map.keySet()),
                    "the elements of a statement");
            Map<?, ?> statement = (Map<?, ?>) item;
            Object sid = statement.get("Sid");
            require(sid instanceof String text && SID.matcher(text).matches(), "a Sid");
            require(sids.add(sid), "two statements of the same Sid");
            require("Deny".equals(statement.get("Effect")), "an effect");
            boolean named = statement.get("Action") != null;
            require(named != (statement.get("NotAction") != null), "Action beside NotAction");
            require(
                    texts(statement.get(named ? "Action" : "NotAction"), ACTION),
                    "an action of " + sid);
            require(
                    statement.get("Resource") instanceof String text
                            && RESOURCE.matcher(text).matches(),
                    "a resource of " + sid);
            require(
                    !statement.containsKey("Condition") || conditions(statement.get("Condition")),
                    "a condition of " + sid);
        }
    }

    private static boolean conditions(@Nullable Object conditions) {
        return conditions instanceof Map<?, ?> operators
                && !operators.isEmpty()
                && operators.entrySet().stream()
                        .allMatch(operator ->
                                OPERATORS.contains(operator.getKey())
                                        && operator.getValue() instanceof Map<?, ?> keys
                                        && !keys.isEmpty()
                                        && keys.entrySet().stream()
                                                .allMatch(ServiceControlShape::condition));
    }

    private static boolean condition(Map.Entry<?, ?> key) {
        return KEY.matcher(String.valueOf(key.getKey())).matches()
                && key.getValue() instanceof List<?> values
                && !values.isEmpty();
    }

    private static boolean texts(@Nullable Object value, Pattern shape) {
        return value instanceof List<?> list
                && !list.isEmpty()
                && list.stream()
                        .allMatch(item ->
                                item instanceof String text && shape.matcher(text).matches());
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("no service control policy: " + what);
        }
    }
}
