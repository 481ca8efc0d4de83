package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.policy.subject.Attributes;

/// Whether an attribute is given a value: `kms_key_id = aws_kms_key.logs.arn` is, although the
/// value itself is known only after an apply.
final class Written {

    private Written() {}

    /// `Boolean`, or the unknown where it may turn out to be null.
    static Object at(Attributes self, String path) {
        Object value = Paths.first(self, path);
        if (!(value instanceof CelUnknownSet unknown)) {
            return !Equality.isNull(value) && !"".equals(value);
        }
        boolean surely =
                self.owner() instanceof TerraformSubject subject
                        && subject.attribute(path)
                                .map(EvaluatedAttribute::value)
                                .filter(Written::isNeverNull)
                                .isPresent();
        return surely ? true : unknown;
    }

    /// A text made of parts is one, and what a resource exports is set once it is applied.
    private static boolean isNeverNull(Value value) {
        return value instanceof Value.Unknown unknown
                && switch (unknown.hint()) {
                    case Value.Hint.Text _, Value.Hint.Json _ -> true;
                    case Value.Hint.Itself itself ->
                            !itself.reference().subject().startsWith("var.");
                    case null -> false;
                };
    }
}
