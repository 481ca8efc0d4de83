package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void indexNamesEveryRuleFile() throws IOException {
        String files;
        try (Stream<Path> all = Files.walk(FOLDER)) {
            files =
                    String.join(
                                    "\n",
                                    all.filter(file -> file.toString().endsWith(".yaml"))
                                            .map(file -> FOLDER.relativize(file).toString())
                                            .sorted()
                                            .toList())
                            + "\n";
        }
        Path index = FOLDER.resolve("index.txt");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(index, files);
        }

        assertEquals(files, Files.readString(index), "rewrite it with -Dgolden=update");
    }

    @Test
    void everyRuleSaysWhereItIsFromAndHowToMend() {
        for (Rule rule : RuleCatalog.builtIn().rules()) {
            assertFalse(rule.why().isBlank(), rule.id());
            assertFalse(rule.source() == null, rule.id());
            assertFalse(rule.title().endsWith("."), rule.id());
        }
    }
}
