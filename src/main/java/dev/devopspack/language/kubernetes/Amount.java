package dev.devopspack.language.kubernetes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.language.yaml.YamlNode;
import java.util.Map;
import java.util.OptionalDouble;

/// Amounts of CPU, memory and storage as Kubernetes writes them: `500m`, `1.5`, `512Mi`, `1e3`.
public final class Amount {

    private static final Pattern SHAPE =
            Pattern.compile(
                    "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))"
                            + "([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?");

    private static final Map<String, Double> SUFFIXES =
            Map.ofEntries(
                    Map.entry("n", 1e-9),
                    Map.entry("u", 1e-6),
                    Map.entry("m", 1e-3),
                    Map.entry("k", 1e3),
                    Map.entry("M", 1e6),
                    Map.entry("G", 1e9),
                    Map.entry("T", 1e12),
                    Map.entry("P", 1e15),
                    Map.entry("E", 1e18),
                    Map.entry("Ki", 0x1p10),
                    Map.entry("Mi", 0x1p20),
                    Map.entry("Gi", 0x1p30),
                    Map.entry("Ti", 0x1p40),
                    Map.entry("Pi", 0x1p50),
                    Map.entry("Ei", 0x1p60));

    private static final int LONGEST = 40;

    private Amount() {}

    /// What a suffix such as `Mi` multiplies by, also the empty one; nothing for what is none.
    public static OptionalDouble scale(String suffix) {
        Double scale = suffix.isEmpty() ? Double.valueOf(1) : SUFFIXES.get(suffix);
        return scale == null ? OptionalDouble.empty() : OptionalDouble.of(scale);
    }

    static boolean isWritten(String text) {
        return text.length() <= LONGEST && SHAPE.matcher(text).matches();
    }

    /// The amount that a number or a text stands for; nothing for anything else.
    static OptionalDouble of(YamlNode node) {
        String text = node.text().orElse("").strip();
        Matcher matcher = SHAPE.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            return OptionalDouble.empty();
        }
        String suffix = matcher.group(2) == null ? "" : matcher.group(2);
        OptionalDouble scale = scale(suffix);
        return OptionalDouble.of(
                scale.isEmpty()
                        ? Double.parseDouble(text)
                        : Double.parseDouble(matcher.group(1)) * scale.getAsDouble());
    }
}
