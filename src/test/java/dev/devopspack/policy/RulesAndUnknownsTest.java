package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Takes the examples of all rules for Terraform and puts something else in the place of each value
/// in turn. Whatever it is, no rule may stop on it: an unknown is not an error.
class RulesAndUnknownsTest {

    private static final Pattern VALUE =
            Pattern.compile("(?m)^(\\s*[a-z_0-9-]+\\s*=\\s*)([^\\s{\\[(<][^\\n]*|\\[[^\\n]*\\])$");

    @ParameterizedTest
    @ValueSource(strings = {"var.given", "null", "[]", "\"${var.given}-x\"", "[var.given]"})
    void noRuleStopsOnAValue(String value) {
        List<String> errors = new ArrayList<>();
        for (Rule rule : RuleCatalog.builtIn().rules()) {
            Scan scan = new Scan(RuleCatalog.of(rule));
            examples(rule)
                    .flatMap(text -> changed(text, value))
                    .forEach(text ->
                            scan.of(Artifacts.of(Artifact.of("main.tf", text))).errors().stream()
                                    .map(error -> rule.id() + ": " + error.text() + " in\n" + text)
                                    .forEach(errors::add));
        }

        assertEquals(List.of(), errors);
    }

    private static Stream<String> examples(Rule rule) {
        return rule.examples().stream()
                .filter(example -> example.file().endsWith(".tf"))
                .map(Rule.Example::text);
    }

    private static Stream<String> changed(String text, String value) {
        List<String> changed = new ArrayList<>();
        Matcher matcher = VALUE.matcher(text);
        while (matcher.find()) {
            changed.add(
                    "variable \"given\" {}\n"
                            + text.substring(0, matcher.start(2))
                            + value
                            + text.substring(matcher.end(2)));
        }
        return changed.stream();
    }
}
