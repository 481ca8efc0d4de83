package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.manager.conduct.PolicyTable;
import dev.devopspack.manager.route.RoutingTerms;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.testing.Golden;
import dev.devopspack.testing.RegisteredSpecialists;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Writes the reference of all agents from what is registered.
class AgentReferenceTest {

    private static final List<Specialist> AGENTS = RegisteredSpecialists.all();
    private static final PolicyTable TABLE = PolicyTable.shipped();

    @Test
    void thePageOfAgentsSaysWhatIsRegistered() throws JsonProcessingException {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Agents

                        Who does what, what each is asked with, and what none of them does. This page is written from what
                        is registered by a test: `./mvnw test -Dgolden=update` rewrites it.

                        Ask an agent by its tool over MCP, or by a task's `type` through every front door. Without a type,
                        `request` in plain language is routed by its words: see [below](#plain-language).

                        """);
        for (Specialist agent : AGENTS) {
            page.append(section(agent));
        }
        page.append(manager()).append(policy());

        Golden.assertDocument("agents.md", page.toString());
    }

    @Test
    void everyAgentStandsInThePolicyTableAndInTheRoutingTerms() {
        TreeSet<String> registered = new TreeSet<>(AGENTS.stream().map(Specialist::agent).toList());
        TreeSet<String> inTable =
                new TreeSet<>(TABLE.agents().stream().map(PolicyTable.Row::agent).toList());
        inTable.remove("devops_pack_manager");

        assertTrue(inTable.containsAll(registered), () -> registered + " but " + inTable);
        assertEquals(
                List.of(),
                registered.stream()
                        .filter(agent -> RoutingTerms.shipped().fieldOf(agent) == null)
                        .toList());
    }

    private static String section(Specialist agent) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        text.append("## ")
                .append(agent.agent())
                .append("\n\n")
                .append(agent.description())
                .append(" Task type: `")
                .append(agent.taskType())
                .append("`.\n\n");
        TABLE.agents().stream()
                .filter(row -> row.agent().equals(agent.agent()))
                .forEach(row -> {
                    text.append("It may:\n\n");
                    row.may().forEach(line -> text.append("- ").append(line).append('\n'));
                    text.append('\n');
                });
        for (Capability<?> capability : agent.capabilities()) {
            text.append(capability(agent, capability));
        }
        return text.toString();
    }

    private static String capability(Specialist agent, Capability<?> capability)
            throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        text.append("### ").append(capability.name()).append("\n\n");
        text.append(capability.description())
                .append(
                        capability.targetsEnvironment()
                                ? " What it makes is for an environment, whose approval applies.\n\n"
                                : " What it makes acts on no environment.\n\n")
                .append("| input | required | what it is |\n|---|---|---|\n");
        Map<String, Object> schema = capability.inputSchema();
        List<?> required = schema.get("required") instanceof List<?> names ? names : List.of();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) ->
                    text.append("| `")
                            .append(name)
                            .append("` | ")
                            .append(required.contains(name) ? "yes" : "no")
                            .append(" | ")
                            .append(words(property))
                            .append(" |\n"));
        }
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", agent.taskType().value());
        task.put("capability", capability.name());
        task.put("input", capability.example());
        return text.append("\n```json\n")
                .append(
                        new ObjectMapper()
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsString(Map.of("task", task)))
                .append("\n```\n\n")
                .toString();
    }

    private static String words(Object property) {
        if (!(property instanceof Map<?, ?> schema)) {
            return "";
        }
        Object description = schema.get("description");
        Object choices = schema.get("enum");
        return ((description == null ? "" : description.toString())
                        + (choices instanceof List<?> list
                                ? " One of "
                                        + String.join(
                                                ", ",
                                                list.stream().map(one -> "`" + one + "`").toList())
                                        + "."
                                : ""))
                .strip()
                .replace("|", "\\|");
    }

    private static String manager() {
        StringBuilder text =
                new StringBuilder(
                        """
                        ## devops_pack_manager

                        Takes one task, a request in plain language, or up to ten tasks as one run.

                        ### Plain language

                        ```yaml
                        task:
                          request: an EKS cluster with three nodes for production
                        ```

                        Words speak for agents, with weights that people chose (`agents/routing.yaml`) and others that were
                        learned from labelled requests beside them (`agents/routing-learned.tsv`); synonyms and typing mistakes are
                        read, in English and the usual words in German. The answer says which words decided, how sure that is and who came second. Where two are close,
                        or nothing speaks for anybody, it asks back with the candidates and a filled example of each. What the
                        chosen capability needs is then asked for with its schema and an example, or read from the request by a
                        language model where one is [configured](configuration.md): the approver is told which model wrote it
                        from which words.

                        ### Several tasks

                        ```yaml
                        tasks:
                          - type: devops.terraform
                            input:
                              provider: aws
                              resources:
                                - {type: eks_cluster, name: production, node_count: 3}
                              environment: production
                          - request: a runbook for full disks
                        ```

                        They are one run with one report: each task's outcome and verdicts, the gates over all, the lowest
                        scores, what waits for whom, and what to do next in order. A run is kept in PostgreSQL step by step:
                        when a server is killed, another one or the next start goes on where it was, and nothing is done twice.
                        A run that takes longer than a call answers with its id: ask `change_set_status` with `run_id`, or
                        `GET /api/v1/runs/ID`.

                        ### What no agent here does yet

                        | field | meanwhile |
                        |---|---|
                        """);
        RoutingTerms.shipped().fields().stream()
                .filter(field ->
                        AGENTS.stream().noneMatch(agent -> agent.agent().equals(field.agent())))
                .forEach(field ->
                        text.append("| ")
                                .append(field.about())
                                .append(" | ")
                                .append(field.instead())
                                .append(" |\n"));
        return text.append('\n').toString();
    }

    private static String policy() {
        StringBuilder text =
                new StringBuilder(
                        """
                        ## What no agent does

                        The manager looks for it in plain language, in typed input and in submitted files, before anything is
                        performed. It answers what is refused, why, and what to do instead, and the audit log keeps which row it
                        was (`task.refused`). What it does not notice is not done either: the program has no command that
                        applies, decides or skips a gate.

                        | refused | why | instead |
                        |---|---|---|
                        """);
        TABLE.refusals()
                .forEach(refused ->
                        text.append("| ")
                                .append(refused.title())
                                .append(" (`")
                                .append(refused.id())
                                .append("`) | ")
                                .append(refused.why())
                                .append(" | ")
                                .append(refused.instead())
                                .append(" |\n"));
        return text.toString();
    }
}
