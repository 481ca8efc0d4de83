package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Num;
import dev.devopspack.language.hcl.value.Value.Str;

/// Instance keys as an address writes them.
final class Keys {

    /// Stands for instances whose number is not known.
    static final String UNKNOWN = "[*]";

    private Keys() {}

    static String written(Value key) {
        return switch (key) {
            case Num n -> "[" + n.value().toPlainString() + "]";
            case Str s -> written(s.value());
            default -> UNKNOWN;
        };
    }

    static String written(String key) {
        return "[\"" + key.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
}
