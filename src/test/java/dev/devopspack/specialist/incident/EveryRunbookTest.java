package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds for a runbook of every kind on every platform for every severity.
class EveryRunbookTest {

    private static final List<EveryRunbook.Case> ALL = EveryRunbook.all().toList();

    private static final Pattern FENCE =
            Pattern.compile(
                    "^(`{3,})bash \\{name=([a-z0-9_-]+) effect=([a-z_]+)}\\n(.*?)\\n\\1$",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^<)][^)]*)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$", Pattern.MULTILINE);

    @TempDir Path folder;

    /// What a block's fence says, read from the page and not from our own values.
    private record Printed(String file, String name, String effect, String text) {}

    private static List<Printed> printed(Artifacts files) {
        List<Printed> blocks = new ArrayList<>();
        for (Artifact file : files) {
            Matcher fence = FENCE.matcher(file.text());
            while (fence.find()) {
                blocks.add(
                        new Printed(
                                file.name().value(),
                                fence.group(2),
                                fence.group(3),
                                fence.group(4)));
            }
        }
        return blocks;
    }

    @Test
    void everyBlockIsReadByBash() throws Exception {
        Path bash = Tools.require("bash");
        Set<String> texts = new LinkedHashSet<>();
        ALL.forEach(each -> printed(each.files()).forEach(block -> texts.add(block.text())));
        assertTrue(texts.size() > 300, () -> "only " + texts.size() + " blocks");

        // One shell reads them all, each as a file of its own.
        StringBuilder check = new StringBuilder();
        int number = 0;
        for (String text : texts) {
            Path file = Files.writeString(folder.resolve(number++ + ".sh"), text + "\n");
            check.append("bash -n ").append(file).append(" || exit 1\n");
        }
        Path script = Files.writeString(folder.resolve("check"), check);
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(bash.toString(), script.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();

        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals("", Files.readString(out));
        assertEquals(0, process.exitValue());
    }

    @Test
    void whatIsCalledReadOnlyRunsOnlyWhatLooks() {
        Set<String> seen = new TreeSet<>();
        for (EveryRunbook.Case each : ALL) {
            for (Printed block : printed(each.files())) {
                if (block.effect().equals("read_only")) {
                    for (ReadShell.Run run : ReadShell.runs(block.text())) {
                        seen.add(run.program());
                        String why = Looking.refusal(run);
                        assertTrue(why.isEmpty(), () -> each + " " + block.name() + ": " + why);
                    }
                }
            }
        }
        assertTrue(
                seen.containsAll(
                        List.of(
                                "kubectl",
                                "systemctl",
                                "journalctl",
                                "psql",
                                "mysql",
                                "dig",
                                "openssl",
                                "aws",
                                "gcloud",
                                "az",
                                "lsof",
                                "du")),
                seen::toString);
    }

    @Test
    void triageAndVerificationOnlyLookAndTheirNamesSaySo() {
        for (EveryRunbook.Case each : ALL) {
            for (Printed block : printed(each.files())) {
                boolean looks =
                        block.name().startsWith("triage_") || block.name().startsWith("verify_");
                assertEquals(looks, block.effect().equals("read_only"), each + " " + block.name());
                assertEquals(
                        block.name().startsWith("destroy_"),
                        block.effect().equals("destructive"),
                        each + " " + block.name());
            }
        }
    }

    @Test
    void whatChangesIsMarkedRightBeforeItsBlockAndNeverStandsInTriage() {
        for (EveryRunbook.Case each : ALL) {
            for (Artifact file : each.files()) {
                String text = file.text();
                int mitigation = text.indexOf("\n## Mitigation\n");
                Matcher fence = FENCE.matcher(text);
                while (fence.find()) {
                    if (fence.group(3).equals("read_only")) {
                        continue;
                    }
                    assertTrue(fence.start() > mitigation, each + " " + fence.group(2));
                    String before = text.substring(Math.max(0, fence.start() - 200), fence.start());
                    String mark =
                            fence.group(3).equals("destructive")
                                    ? "> **Destructive:**"
                                    : "> **Changes state.**";
                    assertTrue(before.contains(mark), each + " " + fence.group(2));
                }
            }
        }
    }

    @Test
    void everyMitigationSaysWhenHowToVerifyAndTheWayBack() {
        for (EveryRunbook.Case each : ALL) {
            for (Part part : each.runbook().playbook().parts()) {
                for (Mitigation step : part.mitigations()) {
                    assertTrue(step.precondition().length() > 30, each + " " + step.slug());
                    assertTrue(step.expected().length() > 5, each + " " + step.slug());
                    assertTrue(step.undoing().length() > 15, each + " " + step.slug());
                }
            }
        }
    }

    /// Run as it stands, with a `sudo` that only says that it was called.
    @Test
    void oldFilesAreRemovedFromAFolderBelowAFolderAlone() throws Exception {
        String block =
                EveryRunbook.of(
                                "",
                                IncidentType.DISK_FULL,
                                Severity.HIGH,
                                List.of(EveryRunbook.places().get("systemd")))
                        .runbook()
                        .blocks()
                        .stream()
                        .filter(each -> each.name().endsWith("remove-small-files"))
                        .map(each -> each.command().script().printed())
                        .filter(text -> text.contains("-delete"))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> expected =
                Map.of("", "", "/", "", "//", "", "/var", "", "/var/", "", "/srv/cache", "called");

        for (Map.Entry<String, String> each : expected.entrySet()) {
            ProcessBuilder bash =
                    new ProcessBuilder("bash", "-c", "sudo() { printf called; }\n" + block)
                            .redirectError(ProcessBuilder.Redirect.DISCARD);
            bash.environment().put("FOLDER", each.getKey());
            Process process = bash.start();
            assertEquals(
                    each.getValue(),
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    each.getKey());
        }
    }

    @Test
    void whatCannotBeUndoneStandsBehindWhatCan() {
        for (EveryRunbook.Case each : ALL) {
            for (Part part : each.runbook().playbook().parts()) {
                List<Boolean> destroys =
                        part.mitigations().stream()
                                .map(step -> step.command().effect() == Effect.DESTRUCTIVE)
                                .toList();
                assertEquals(destroys.stream().sorted().toList(), destroys, each + part.file());
            }
        }
    }

    @Test
    void everyBranchIsReachedByTheTreeAndNoOther() {
        for (EveryRunbook.Case each : ALL) {
            Playbook playbook = each.runbook().playbook();
            Set<Branch> reached = new HashSet<>();
            collect(playbook.tree(), reached);

            assertEquals(new HashSet<>(playbook.branches()), reached, each::what);
        }
    }

    private static void collect(Tree tree, Set<Branch> reached) {
        switch (tree) {
            case Tree.Question question ->
                    question.answers().forEach(answer -> collect(answer.then(), reached));
            case Tree.Found found -> reached.add(found.branch());
            case Tree.Escalate _ -> {}
        }
    }

    @Test
    void namesOfBlocksAreUniqueAndTheIndexListsThemAllWithTheirDigests() throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (EveryRunbook.Case each : ALL) {
            Artifacts files = each.files();
            JsonNode index = json.readTree(files.find("runbook.json").orElseThrow().text());
            Map<String, String> listed = new TreeMap<>();
            index.path("blocks")
                    .forEach(block ->
                            listed.put(
                                    block.path("name").asText(),
                                    block.path("file").asText()
                                            + " "
                                            + block.path("effect").asText()
                                            + " "
                                            + block.path("sha256").asText()));
            Map<String, String> stand = new TreeMap<>();
            for (Printed block : printed(files)) {
                String before =
                        stand.put(
                                block.name(),
                                block.file()
                                        + " "
                                        + block.effect()
                                        + " "
                                        + Digest.of(block.text() + "\n").hex());
                assertEquals(null, before, () -> each + " has two blocks " + block.name());
            }
            assertEquals(stand, listed, each::what);
        }
    }

    @Test
    void everyLinkWithinTheRunbookLeadsToAHeadingThatIsThereOnce() {
        for (EveryRunbook.Case each : ALL) {
            Artifacts files = each.files();
            for (Artifact file : files) {
                Matcher link = LINK.matcher(file.text());
                while (link.find()) {
                    String[] target = link.group(1).split("#", 2);
                    Path here = Path.of("/", file.name().value());
                    Path there =
                            target[0].isEmpty() ? here : here.resolveSibling(target[0]).normalize();
                    String text =
                            files.find(there.toString().substring(1))
                                    .orElseThrow(() ->
                                            new AssertionError(each + ": no file " + link.group(1)))
                                    .text();
                    if (target.length == 2) {
                        assertEquals(
                                1,
                                HEADING.matcher(text)
                                        .results()
                                        .filter(heading ->
                                                anchor(heading.group(1)).equals(target[1]))
                                        .count(),
                                () -> each + ": " + file.name() + " leads to " + link.group(1));
                    }
                }
            }
        }
    }

    /// As GitHub does: lower case, no punctuation, `-` for a space.
    private static String anchor(String heading) {
        return heading.replace("\\", "")
                .replaceAll("&[a-z]+;", "")
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9 _-]", "")
                .replace(' ', '-');
    }

    @Test
    void everyFlowchartIsOneThatMermaidReads() {
        for (EveryRunbook.Case each : ALL) {
            String page = each.files().find("README.md").orElseThrow().text();
            String chart = page.substring(page.indexOf("```mermaid\n") + 11);
            ReadFlowchart.check(chart.substring(0, chart.indexOf("\n```")), each.what());
        }
    }

    @Test
    void everyKindHasSubstanceOfItsOwn() {
        Map<IncidentType, Set<String>> blocks = new TreeMap<>();
        for (EveryRunbook.Case each : ALL) {
            if (each.what().endsWith("every place")) {
                blocks.put(
                        each.runbook().situation().type(),
                        each.runbook().playbook().branches().stream()
                                .map(Branch::cause)
                                .collect(Collectors.toSet()));
            }
        }
        assertEquals(IncidentType.values().length, blocks.size());
        blocks.forEach((type, causes) -> {
            assertTrue(causes.size() >= 5, type::label);
            blocks.forEach((other, others) -> {
                if (other != type) {
                    Set<String> shared = new HashSet<>(causes);
                    shared.retainAll(others);
                    assertTrue(shared.isEmpty(), () -> type + " and " + other + " share " + shared);
                }
            });
        });
    }

    @Test
    void pagesHoldNoUnreadMarkAndNoLineWithoutSense() {
        for (EveryRunbook.Case each : ALL) {
            for (Artifact file : each.files()) {
                if (file.name().extension().equals("md")) {
                    String prose = FENCE.matcher(file.text()).replaceAll("");
                    assertFalse(prose.contains("{}"), () -> each + " " + file.name());
                    assertFalse(prose.contains("null"), () -> each + " " + file.name());
                    assertTrue(file.text().endsWith("\n"), () -> each + " " + file.name());
                    assertTables(prose, each + " " + file.name());
                }
            }
        }
    }

    /// Every row of a table has as many cells as its head.
    private static void assertTables(String text, String what) {
        int cells = 0;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("| ")) {
                int here = line.replace("\\|", "").split("\\|", -1).length;
                if (cells == 0) {
                    cells = here;
                }
                assertEquals(cells, here, () -> what + ": " + line);
            } else if (!line.startsWith("| ") && !line.startsWith("| ---")) {
                cells = 0;
            }
        }
    }

    @Test
    void variablesThatABlockUsesAreAskedForInIt() {
        Pattern used = Pattern.compile("\"\\$([A-Z_]+)\"");
        for (EveryRunbook.Case each : ALL) {
            for (Printed block : printed(each.files())) {
                Matcher variable = used.matcher(block.text());
                while (variable.find()) {
                    assertTrue(
                            block.text().indexOf(": \"${" + variable.group(1) + ":?") >= 0,
                            () -> each + " " + block.name() + " uses " + variable.group(1));
                }
            }
        }
    }

    /// What only looks, written down apart from the program's own list.
    private static final class Looking {

        private static final Set<String> FREE =
                Set.of(
                        "grep", "head", "tail", "sort", "df", "du", "lsof", "ss", "free", "uptime",
                        "ps", "vmstat", "lsblk", "base64", "echo", "dig");
        private static final Map<String, Set<String>> VERBS =
                Map.ofEntries(
                        Map.entry(
                                "kubectl",
                                Set.of("get", "describe", "logs", "top", "explain", "events")),
                        Map.entry(
                                "systemctl",
                                Set.of("status", "show", "cat", "is-active", "list-timers")),
                        Map.entry("resolvectl", Set.of("status", "statistics", "query")),
                        Map.entry("chronyc", Set.of("tracking")),
                        Map.entry("rabbitmqctl", Set.of("list_queues")),
                        Map.entry("rabbitmq-diagnostics", Set.of("check_local_alarms")),
                        Map.entry("openssl", Set.of("s_client", "x509")));
        private static final Set<String> ROLLOUT = Set.of("history", "status");
        private static final Pattern CLOUD =
                Pattern.compile(
                        "(aws (rds|sqs) (describe|get)-[a-z-]+|gcloud sql (instances describe|operations"
                                + " list)|az (postgres|mysql) flexible-server show)( .*)?");
        private static final Pattern ACTS =
                Pattern.compile(
                        "(?i)\\b(insert|update|delete|merge|into|create|alter|drop|truncate|grant|revoke|copy|call|do|kill|lock|vacuum|flush|reset|pg_terminate_backend|pg_cancel_backend|pg_drop_replication_slot|pg_reload_conf|pg_switch_wal|set_config|nextval|lo_\\w+|dblink\\w*|pg_read_\\w+|pg_sleep\\w*)\\b|\\bsleep\\s*\\(");

        private Looking() {}

        static String refusal(ReadShell.Run run) {
            String line = String.join(" ", run.words());
            if (run.redirects()) {
                return "writes a file: " + line;
            }
            List<String> plain =
                    run.words().stream().skip(1).filter(word -> !word.startsWith("-")).toList();
            String verb = plain.isEmpty() ? "" : plain.getFirst();
            boolean fine =
                    switch (run.program()) {
                        case "kubectl" ->
                                VERBS.getOrDefault("kubectl", Set.of()).contains(verb)
                                                && !printsSecret(run)
                                        || verb.equals("rollout") && ROLLOUT.contains(plain.get(1));
                        case "journalctl" ->
                                run.words().stream()
                                        .skip(1)
                                        .allMatch(word ->
                                                word.matches(
                                                        "--(unit|since|output)=.*|--no-pager|--dmesg|--disk-usage"));
                        case "find" ->
                                run.words().stream()
                                        .noneMatch(
                                                w -> w.matches("-(delete|exec.*|ok.*|fprint.*)"));
                        case "curl" ->
                                run.words().stream()
                                                .noneMatch(w ->
                                                        w.matches(
                                                                "-[XdFTo]|--(request|data|form|upload).*"))
                                        && run.words()
                                                .get(run.words().indexOf("--output") + 1)
                                                .equals("/dev/null");
                        case "psql" -> asks(run, "BEGIN TRANSACTION READ ONLY;");
                        case "mysql" -> asks(run, "START TRANSACTION READ ONLY;");
                        case "aws", "gcloud", "az" -> CLOUD.matcher(line).matches();
                        case "kafka-consumer-groups.sh", "kafka-topics.sh" ->
                                run.words().contains("--describe")
                                        && run.words().stream()
                                                .noneMatch(w ->
                                                        w.matches(
                                                                "--(reset|delete|execute|alter|create).*"));
                        default ->
                                FREE.contains(run.program())
                                        || VERBS.getOrDefault(run.program(), Set.of())
                                                .contains(verb);
                    };
            return fine ? "" : "not known to only look: " + line;
        }

        /// Of a secret only its certificate is read.
        private static boolean printsSecret(ReadShell.Run run) {
            return run.words().stream().anyMatch(word -> word.startsWith("secret"))
                    && !run.words().contains("--output=go-template={{index .data \"tls.crt\"}}");
        }

        private static boolean asks(ReadShell.Run run, String begin) {
            if (run.input() == null
                    || run.words().stream()
                            .anyMatch(w -> w.matches("-c|-e|--(command|execute|file).*"))) {
                return false;
            }
            List<String> lines = Arrays.asList(run.input().split("\n"));
            return lines.getFirst().equals(begin)
                    && lines.getLast().equals("ROLLBACK;")
                    && lines.stream()
                                    .filter(l ->
                                            l.matches("(?i)(BEGIN|START|COMMIT|ROLLBACK|END)\\b.*"))
                                    .count()
                            == 2
                    && lines.stream()
                            .filter(l -> l.matches("(?i)SET\\b.*"))
                            .allMatch(l -> l.equals("SET LOCAL statement_timeout = '5s';"))
                    && !ACTS.matcher(run.input()).find();
        }
    }
}
