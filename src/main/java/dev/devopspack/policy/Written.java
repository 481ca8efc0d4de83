package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;

/// Whether an attribute is given a value: `kms_key_id = aws_kms_key.logs.arn` is, although the
/// value itself is known only after an apply.
final class Written {

    private Written() {}

    /// `Boolean`, or the unknown where it may turn out to be null.
    static Object at(Object self, String path) {
        Object value = Paths.first(self, path);
        if (value instanceof CelUnknownSet unknown) {
            return Unknowns.isGiven(unknown) ? true : unknown;
        }
        return !Equality.isNull(value) && !"".equals(value);
    }
}
