package dev.devopspack.manager.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.manager.conduct.Conduct;
import dev.devopspack.manager.conduct.PolicyTable;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.task.TaskType;
import dev.devopspack.testing.PlainSpecialist;
import dev.devopspack.testing.RegisteredSpecialists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Measures where requests that people write lead.
class LabelledRequestsTest {

    private static final String MANAGER = "devops_pack_manager";
    private static final Path FOLDER = Path.of("src/test/resources/agents");

    /// Percent that must lead where their label says. What is below it annoys people daily.
    private static final double FLOOR = 95;

    /// The same of requests that nobody had in mind when the words were chosen. A wrong one is
    /// asked back or can be taken back; nothing is applied by it.
    private static final double FLOOR_UNSEEN = 92;

    private static final List<Specialist> AGENTS = agents();

    /// Those that there are, and a stand-in for the agent of pipelines where there is none.
    private static List<Specialist> agents() {
        List<Specialist> all = new ArrayList<>(RegisteredSpecialists.all());
        if (all.stream().noneMatch(agent -> agent.agent().equals("devops_cicd"))) {
            all.add(
                    new PlainSpecialist(
                            "devops_cicd", new TaskType("devops.cicd"), "pipeline_generation"));
        }
        return all;
    }

    private final Router router = new Router(AGENTS, RoutingTerms.shipped());
    private final Conduct conduct = new Conduct(PolicyTable.shipped());

    private record Labelled(String label, String request) {

        static Labelled of(String line) {
            int tab = line.indexOf('\t');
            return new Labelled(line.substring(0, tab), line.substring(tab + 1));
        }
    }

    @Test
    void requestsLeadWhereTheirLabelSays() throws IOException {
        assertMostLeadWhereTheyShould("requests.tsv", 370, FLOOR);
    }

    @Test
    void unseenRequestsMostlyDoSoToo() throws IOException {
        assertMostLeadWhereTheyShould("requests-unseen.tsv", 330, FLOOR_UNSEEN);
    }

    private void assertMostLeadWhereTheyShould(String file, int least, double floor)
            throws IOException {
        List<Labelled> all = labelled(file);

        List<String> wrong =
                all.stream()
                        .filter(one -> !leads(one.request()).equals(one.label()))
                        .map(one -> one + " leads to " + leads(one.request()))
                        .toList();

        double percent = 100.0 * (all.size() - wrong.size()) / all.size();
        System.out.printf(
                "Routing: %d of %d requests of %s lead where they should, %.1f %%%n",
                all.size() - wrong.size(), all.size(), file, percent);
        wrong.forEach(System.out::println);
        assertTrue(all.size() >= least, "too few to measure");
        assertTrue(percent >= floor, () -> String.join("\n", wrong));
    }

    @Test
    void nothingThatIsAgainstTheRulesIsRouted() throws IOException {
        List<String> missed =
                labelled("requests.tsv").stream()
                        .filter(one -> one.label().startsWith("no "))
                        .map(Labelled::request)
                        .filter(request -> conduct.inRequest(MANAGER, request).isEmpty())
                        .toList();

        assertEquals(List.of(), missed);
    }

    private static List<Labelled> labelled(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Labelled::of)
                .toList();
    }

    private String leads(String request) {
        return conduct.inRequest(MANAGER, request)
                .map(refusal -> "no " + refusal.refused().id())
                .orElseGet(() ->
                        switch (router.route(request)) {
                            case Route.Chosen chosen -> chosen.candidate().specialist().agent();
                            case Route.Unsure _ -> "?";
                            case Route.NotOffered not -> "none " + not.field().agent();
                        });
    }
}
