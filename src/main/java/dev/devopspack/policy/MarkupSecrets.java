package dev.devopspack.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/// Literals in XML: `<password>x</password>`, `<add key="DbPassword" value="x"/>`.
final class MarkupSecrets {

    private static final Pattern ELEMENT =
            Pattern.compile(
                    "<([A-Za-z_][A-Za-z0-9_.:-]*)(?:\\s[^<>\\n]*)?>[ \\t]*([^<>\\s][^<>\\n]*?)[ \\t]*</");
    private static final Pattern PAIR =
            Pattern.compile(
                    "\\b(?:key|name|id)=[\"']([^\"'<>\\n]+)[\"'][^<>\\n]{0,300}?\\bvalue=[\"']([^\"'<>\\n]+)[\"']");

    private MarkupSecrets() {}

    static List<CommandSecrets.Found> in(String line, int offset) {
        List<CommandSecrets.Found> found = new ArrayList<>();
        if (line.indexOf('<') >= 0) {
            add(ELEMENT.matcher(line), offset, found);
            add(PAIR.matcher(line), offset, found);
        }
        return found;
    }

    private static void add(Matcher matcher, int offset, List<CommandSecrets.Found> found) {
        while (matcher.find()) {
            if (SecretValues.isSecret(SecretNames.of(matcher.group(1)), matcher.group(2))) {
                found.add(
                        new CommandSecrets.Found(
                                matcher.group(1),
                                offset + matcher.start(2),
                                offset + matcher.end(2)));
            }
        }
    }
}
