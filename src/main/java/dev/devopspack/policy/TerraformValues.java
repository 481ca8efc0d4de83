package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.policy.subject.Attributes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns evaluated Terraform values into the values that rules see.
final class TerraformValues {

    /// Stands in a partly known text for what is not known; no policy or name holds it by itself.
    static final String STAND_IN = "\uFFFC";

    private static final Set<String> IDENTITIES =
            Set.of("arn", "id", "account_id", "iam_arn", "unique_id", "cluster_arn", "key_arn");

    private TerraformValues() {}

    /// @param body attributes by name, blocks as lists of objects
    static Map<String, Object> object(EvaluatedBody body) {
        Map<String, Object> object = new LinkedHashMap<>();
        body.attributes().forEach((name, attribute) -> object.put(name, of(attribute.value())));
        Map<String, List<Object>> blocks = new LinkedHashMap<>();
        for (EvaluatedBlock block : body.blocks()) {
            blocks.computeIfAbsent(block.type(), type -> new ArrayList<>()).add(block(block));
        }
        object.putAll(blocks);
        return object;
    }

    private static Object block(EvaluatedBlock block) {
        return block.certain()
                ? new Attributes(object(block.body()))
                : Unknowns.because("how many '" + block.type() + "' blocks there are is not known");
    }

    static Object of(Value value) {
        return convert(value, false);
    }

    /// Like {@link #of}, but a text that is known in parts is kept with a stand-in for the rest.
    static Object withPartialTexts(Value value) {
        return convert(value, true);
    }

    private static Object convert(Value value, boolean keepPartial) {
        return switch (value) {
            case Value.Null _ -> NullValue.NULL_VALUE;
            case Value.Bool bool -> bool.value();
            case Value.Num number -> number(number.value());
            case Value.Str text -> text.value();
            case Value.ListValue list ->
                    list.items().stream().map(item -> convert(item, keepPartial)).toList();
            case Value.ObjectValue object -> {
                Map<String, Object> members = new LinkedHashMap<>();
                object.members()
                        .forEach((name, member) -> members.put(name, convert(member, keepPartial)));
                yield new Attributes(members);
            }
            case Value.Unknown unknown -> unknown(unknown, keepPartial);
        };
    }

    private static Object unknown(Value.Unknown unknown, boolean keepPartial) {
        if (keepPartial) {
            String text = unknown.textWith(STAND_IN).orElse(STAND_IN);
            if (!text.replace(STAND_IN, "").isEmpty()) {
                return text;
            }
            if (isIdentity(unknown)) {
                return STAND_IN + unknown.reason();
            }
        }
        if (!isNeverNull(unknown)) {
            return Unknowns.because(unknown.reason());
        }
        return unknown.textWith(STAND_IN)
                .filter(text -> !text.replace(STAND_IN, "").isEmpty())
                .map(text -> Unknowns.givenText(unknown.reason(), text))
                .orElseGet(() -> Unknowns.given(unknown.reason()));
    }

    /// A text made of parts is one, and what a resource exports is set once it is applied.
    private static boolean isNeverNull(Value.Unknown unknown) {
        return switch (unknown.hint()) {
            case Value.Hint.Text _, Value.Hint.Json _ -> true;
            case Value.Hint.Itself itself -> !itself.reference().subject().startsWith("var.");
            case null -> false;
        };
    }

    /// What a resource is called by is one name once it is applied, never a wildcard.
    private static boolean isIdentity(Value.Unknown unknown) {
        return unknown.hint() instanceof Value.Hint.Itself itself
                && !itself.reference().subject().startsWith("var.")
                && !itself.reference().path().isEmpty()
                && IDENTITIES.contains(itself.reference().path().getLast());
    }

    private static Object number(BigDecimal number) {
        // A whole number that a long holds is compared as one; all others as the nearest double.
        boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
        return whole ? (Object) number.longValueExact() : (Object) number.doubleValue();
    }
}
