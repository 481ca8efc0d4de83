package dev.devopspack.language.yaml;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a platform reads plain scalars and merge keys.
public enum YamlSchema {
    /// YAML 1.1 as `kubectl` reads it: `yes`, `on` and `y` are true, `010` is 8, `<<` merges.
    KUBERNETES(true, true, true),

    /// YAML 1.2's core schema as GitHub reads workflows: `on` is a text, `<<` is a plain key.
    GITHUB(false, false, false),

    /// YAML 1.2 as Docker Compose reads it: `on` is a text, `010` is 8, `<<` merges.
    COMPOSE(false, true, true);

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private static final Map<String, Boolean> BOOLEANS =
            Map.of(
                    "true", true, "True", true, "TRUE", true, "false", false, "False", false,
                    "FALSE", false);

    private static final Map<String, Boolean> OLD_BOOLEANS =
            Map.ofEntries(
                    Map.entry("y", true),
                    Map.entry("Y", true),
                    Map.entry("yes", true),
                    Map.entry("Yes", true),
                    Map.entry("YES", true),
                    Map.entry("on", true),
                    Map.entry("On", true),
                    Map.entry("ON", true),
                    Map.entry("n", false),
                    Map.entry("N", false),
                    Map.entry("no", false),
                    Map.entry("No", false),
                    Map.entry("NO", false),
                    Map.entry("off", false),
                    Map.entry("Off", false),
                    Map.entry("OFF", false));

    private final boolean oldBooleans;
    private final boolean goIntegers;
    private final boolean merges;

    YamlSchema(boolean oldBooleans, boolean goIntegers, boolean merges) {
        this.oldBooleans = oldBooleans;
        this.goIntegers = goIntegers;
        this.merges = merges;
    }

    boolean merges() {
        return merges;
    }

    /// What a plain scalar means: `String`, `Boolean`, `Long`, `Double` or null.
    @Nullable Object resolved(String text) {
        if (NULLS.contains(text)) {
            return null;
        }
        Boolean truth = BOOLEANS.get(text);
        if (truth == null && oldBooleans) {
            truth = OLD_BOOLEANS.get(text);
        }
        if (truth != null) {
            return truth;
        }
        Object number = Numbers.of(text, goIntegers);
        return number == null ? text : number;
    }
}
