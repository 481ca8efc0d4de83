package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.policy.condition.Term;
import dev.devopspack.policy.condition.TermParameters;
import dev.devopspack.policy.condition.TermParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BuiltInRulesTest {

    private static final Path FOLDER = Path.of("src/main/resources/rules");

    @TestFactory
    Stream<DynamicTest> everyRuleDoesWhatItsExamplesSay() {
        return RuleCatalog.builtIn().rules().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(
                                rule.id(),
                                () -> assertEquals(List.of(), RuleExamples.problems(rule))));
    }

    @Test
    void everyExpressionIsReadAsCelItselfReadsIt() {
        List<String> different = new ArrayList<>();
        for (Rule rule : RuleCatalog.builtIn().rules()) {
            for (Rule.Expression expression : expressions(rule)) {
                Optional<Term> ours = TermParser.parse(expression.text());
                Optional<Term> checked = CheckedLanguage.get().term(expression);
                if (ours.isEmpty() || !ours.equals(checked)) {
                    different.add(rule.id() + ": " + expression.text());
                } else if (RuleLanguage.program(
                                TermParameters.put(ours.get(), ParameterValues.NONE.of(rule)))
                        .isEmpty()) {
                    different.add(rule.id() + " calls an unknown function: " + expression.text());
                }
            }
        }

        assertEquals(List.of(), different);
    }

    @Test
    void theIndexSaysWhatTheFilesSay() throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path file :
                    all.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
                String path = FOLDER.relativize(file).toString().replace('\\', '/');
                lines.append(
                                ListedRule.line(
                                        path, RuleCatalog.read(path, Files.readAllBytes(file))))
                        .append('\n');
            }
        }
        Path index = FOLDER.resolve("index.txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(index, lines);
        }

        assertEquals(lines.toString(), Files.readString(index), "rewrite it with -Dgolden=update");
    }

    @Test
    void aFileThatIsNotTheOneOfTheIndexIsNotJudgedBy() {
        Rule rule = RuleCatalog.builtIn().find("DP-AWS-EKS-001").orElseThrow();
        String line = ListedRule.line("a.yaml", rule).replace(rule.digest().hex(), "0".repeat(64));

        ListedRule listed = ListedRule.parse(line, path -> rule);

        assertThrows(IllegalStateException.class, listed::rule);
    }

    @Test
    void everyRuleSaysWhereItIsFromAndHowToMend() {
        for (Rule rule : RuleCatalog.builtIn().rules()) {
            assertFalse(rule.why().isBlank(), rule.id());
            assertFalse(rule.source() == null, rule.id());
            assertFalse(rule.title().endsWith("."), rule.id());
        }
    }

    private static List<Rule.Expression> expressions(Rule rule) {
        List<Rule.Expression> all = new ArrayList<>();
        rule.applicability().ifPresent(all::add);
        all.add(rule.requires());
        for (MessageTemplate.Part part : rule.message().parts()) {
            if (part instanceof MessageTemplate.Part.Value value) {
                all.add(value.expression());
            }
        }
        return all;
    }
}
