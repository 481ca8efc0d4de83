package dev.devopspack.manager.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.RegisteredSpecialists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnedTermsTest {

    private static final Path LESSONS = Path.of("src/test/resources/agents");
    private static final Path FILE = Path.of("src/main/resources/agents/routing-learned.tsv");

    @Test
    void whatIsShippedIsWhatTheLessonsTeach() throws IOException {
        Router untaught =
                new Router(
                        RegisteredSpecialists.all(), RoutingTerms.shipped(), LearnedTerms.none());
        List<Map.Entry<String, String>> lessons = new ArrayList<>(labelled("lessons.tsv"));
        lessons.addAll(labelled("requests.tsv"));

        String table = Lessons.table(untaught, lessons);

        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(FILE, table);
        }
        assertTrue(lessons.size() > 1_000, "too few lessons");
        assertEquals(
                table,
                Files.readString(FILE),
                "`./mvnw test -Dtest=LearnedTermsTest -Dgolden=update` learns anew");
    }

    private static List<Map.Entry<String, String>> labelled(String file) throws IOException {
        return Files.readAllLines(LESSONS.resolve(file)).stream()
                .map(line -> line.replaceFirst("^none ", ""))
                .filter(line -> line.startsWith("devops_"))
                .map(line -> line.split("\t", 2))
                .map(parts -> Map.entry(parts[0], parts[1]))
                .toList();
    }

    @Test
    void aTermSpeaksForOneAndAgainstAnother() {
        LearnedTerms learned = LearnedTerms.read("term\tdevops_a\tdevops_b\nqueu\t2.5\t-1\n");
        Map<String, String> terms = LearnedTerms.termsOf(Vocabulary.clausesOf("the queues grow"));

        assertEquals(
                List.of(new Spoken("queues", "queu", "devops_a", 2.5)),
                learned.spokenFor("devops_a", terms));
        assertEquals(-1, learned.spokenFor("devops_b", terms).getFirst().weight());
        assertEquals(List.of(), learned.spokenFor("devops_c", terms));
    }

    @Test
    void neighboursAreATermWithinTheirClause() {
        Map<String, String> terms =
                LearnedTerms.termsOf(Vocabulary.clausesOf("scale pods, write rules"));

        assertTrue(terms.containsKey("scal pod"), terms::toString);
        assertTrue(terms.keySet().stream().noneMatch(term -> term.startsWith("pod ")));
    }

    @Test
    void aLineWithoutAWeightForEachAgentIsABrokenFile() {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> LearnedTerms.read("term\tdevops_a\tdevops_b\nqueu\t1\n"));

        assertTrue(thrown.getMessage().contains("has not a weight for each agent"));
    }
}
