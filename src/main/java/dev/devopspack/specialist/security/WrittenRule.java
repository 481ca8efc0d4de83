package dev.devopspack.specialist.security;

import dev.devopspack.language.hcl.HclElement;
import dev.devopspack.language.hcl.HclExpression;
import dev.devopspack.language.hcl.HclPrinter;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.RuleExamples;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.specialist.security.PolicyInput.Comparison;
import dev.devopspack.specialist.security.PolicyInput.ConditionInput;
import dev.devopspack.specialist.security.PolicyInput.RuleInput;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A rule file of ours from a description, tried on its own examples.
///
/// @param text of the file
record WrittenRule(String fileName, String text) {

    private static final String TERRAFORM = "terraform/";

    private static final Pattern PATH =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,8}");

    /// @throws InvalidInput where the rule does not do what its examples say
    static WrittenRule of(RuleInput input) {
        checkConditions(input.conditions());
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", input.id());
        rule.put("title", input.title());
        rule.put("why", input.why());
        rule.put("severity", input.severity().label());
        rule.put("subject", input.subject());
        rule.put(
                "require",
                input.conditions().stream()
                        .map(WrittenRule::condition)
                        .collect(Collectors.joining(" && ")));
        rule.put("message", message(input));
        rule.put("mend", input.mend());
        rule.put(
                "examples",
                List.of(
                        Map.of("fails", example(input, false)),
                        Map.of("passes", example(input, true))));
        String text = PolicyYaml.document(List.of(), rule);
        check(input, text);
        return new WrittenRule(input.id().toLowerCase(Locale.ROOT) + ".yaml", text);
    }

    private static void checkConditions(List<ConditionInput> conditions) {
        if (conditions.isEmpty()) {
            throw new InvalidInput(
                    "/input/rule/conditions", "there is no condition", "Say what must hold.");
        }
        for (int i = 0; i < conditions.size(); i++) {
            ConditionInput condition = conditions.get(i);
            String at = Pointer.item("/input/rule/conditions", i);
            if (!PATH.matcher(condition.attribute()).matches()) {
                throw new InvalidInput(
                        at + "/attribute",
                        "'" + Pointer.shown(condition.attribute()) + "' is no path",
                        "Write names with dots between them, for example versioning.enabled.");
            }
            boolean none = condition.is() == Comparison.SET || condition.is() == Comparison.NOT_SET;
            boolean list = condition.is() == Comparison.IN || condition.is() == Comparison.NOT_IN;
            boolean number =
                    condition.is() == Comparison.AT_LEAST || condition.is() == Comparison.AT_MOST;
            boolean fits =
                    none
                            ? condition.value() == null
                            : list
                                    ? condition.value() instanceof List<?> items
                                            && !items.isEmpty()
                                            && items.stream().allMatch(WrittenRule::plain)
                                    : number
                                            ? condition.value() instanceof Number
                                            : plain(condition.value());
            if (!fits) {
                throw new InvalidInput(
                        at + "/value",
                        "it does not go with " + condition.is().name().toLowerCase(Locale.ROOT),
                        none
                                ? "Leave it out."
                                : list
                                        ? "Give a list of texts or numbers."
                                        : number
                                                ? "Give a number."
                                                : "Give a text, a number, true or false.");
            }
        }
    }

    private static boolean plain(@Nullable Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static String condition(ConditionInput condition) {
        String at = "self.at('" + condition.attribute() + "')";
        String value = condition.value() == null ? "null" : Texts.literal(condition.value());
        return switch (condition.is()) {
            case EQUALS -> at + " == " + value;
            case NOT_EQUALS -> at + " != " + value;
            case IN -> at + " in " + value;
            case NOT_IN -> "!(" + at + " in " + value + ")";
            case AT_LEAST -> "(" + at + " != null && " + at + " >= " + value + ")";
            case AT_MOST -> "(" + at + " != null && " + at + " <= " + value + ")";
            case SET -> at + " != null";
            case NOT_SET -> at + " == null";
        };
    }

    private static String message(RuleInput input) {
        ConditionInput first = input.conditions().getFirst();
        return first.attribute() + " is {self.at('" + first.attribute() + "')}";
    }

    private static Map<String, Object> example(RuleInput input, boolean passes) {
        String given = passes ? input.passing() : input.failing();
        if (given == null && !input.subject().startsWith(TERRAFORM)) {
            throw new InvalidInput(
                    "/input/rule/" + (passes ? "passing" : "failing"),
                    "a rule about " + Pointer.shown(input.subject()) + " needs its examples",
                    "Give `file`, `passing` and `failing`: they are its test.");
        }
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("file", input.file() == null ? "main.tf" : input.file());
        example.put("text", given == null ? made(input, passes) : ended(given));
        return example;
    }

    private static String ended(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    /// A resource for which all conditions hold, or for which the first does not.
    private static String made(RuleInput input, boolean passes) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < input.conditions().size(); i++) {
            ConditionInput condition = input.conditions().get(i);
            Object value = i == 0 && !passes ? violating(condition) : meeting(condition);
            if (value != null) {
                put(body, condition.attribute().split("\\.", -1), 0, value);
            }
        }
        return HclPrinter.file(
                List.of(
                        new HclElement.Block(
                                "resource",
                                List.of(input.subject().substring(TERRAFORM.length()), "this"),
                                elements(body))));
    }

    @SuppressWarnings("unchecked") // only maps of our own stand on the way
    private static void put(Map<String, Object> body, String[] path, int at, Object value) {
        if (at == path.length - 1) {
            body.put(path[at], value);
        } else if (body.computeIfAbsent(path[at], name -> new LinkedHashMap<String, Object>())
                instanceof Map<?, ?> inner) {
            put((Map<String, Object>) inner, path, at + 1, value);
        }
    }

    private static List<HclElement> elements(Map<String, Object> body) {
        List<HclElement> elements = new ArrayList<>();
        body.forEach((name, value) ->
                elements.add(
                        value instanceof Map<?, ?> inner
                                ? new HclElement.Block(name, List.of(), elements(strings(inner)))
                                : new HclElement.Argument(
                                        name, new HclExpression.Literal(hcl(value)))));
        return elements;
    }

    private static Value hcl(Object value) {
        return switch (value) {
            case Boolean yes -> Value.of(yes);
            case Number number -> Value.of(number.longValue());
            default -> Value.of(value.toString());
        };
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> strings = new LinkedHashMap<>();
        map.forEach((key, value) -> strings.put(key.toString(), value));
        return strings;
    }

    private static @Nullable Object meeting(ConditionInput condition) {
        return switch (condition.is()) {
            case EQUALS, AT_LEAST, AT_MOST -> condition.value();
            case NOT_EQUALS -> other(condition.value());
            case IN -> condition.value() instanceof List<?> items ? items.getFirst() : null;
            case NOT_IN -> "other-than-these";
            case SET -> "something";
            case NOT_SET -> null;
        };
    }

    private static @Nullable Object violating(ConditionInput condition) {
        return switch (condition.is()) {
            case EQUALS -> other(condition.value());
            case NOT_EQUALS -> condition.value();
            case IN -> "other-than-these";
            case NOT_IN -> condition.value() instanceof List<?> items ? items.getFirst() : null;
            case AT_LEAST -> condition.value() instanceof Number n ? n.longValue() - 1 : null;
            case AT_MOST -> condition.value() instanceof Number n ? n.longValue() + 1 : null;
            case SET -> null;
            case NOT_SET -> "something";
        };
    }

    private static Object other(@Nullable Object value) {
        return switch (value) {
            case Boolean yes -> !yes;
            case Number number -> number.longValue() + 1;
            case null, default -> "other-than-this";
        };
    }

    private static void check(RuleInput input, String text) {
        Rule rule;
        try {
            rule = RuleCatalog.read(input.id() + ".yaml", text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidInput refused) {
            throw new InvalidInput("/input/rule", refused.problem(), refused.mend());
        }
        List<RuleExamples.Problem> problems = RuleExamples.problems(rule);
        if (!problems.isEmpty()) {
            throw new InvalidInput(
                    "/input/rule",
                    "the rule does not do what its examples say: " + problems.getFirst().text(),
                    "Mend the conditions, or give `passing` and `failing` of your own.");
        }
    }
}
