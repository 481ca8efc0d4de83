package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What a caller names comes out as a name or not at all.
class HostileNamesTest {

    private static final List<String> HOSTILE =
            List.of(
                    "a`id`",
                    "a$(id)",
                    "a;id",
                    "a\nid",
                    "a'b",
                    "a\"b",
                    "a|b",
                    "a&b",
                    "a>b",
                    "a#b",
                    "a\\b",
                    "a b",
                    "--all",
                    "-rf",
                    "a/../b",
                    "a](javascript:alert(1))",
                    "a<script>",
                    "a\u202Eb",
                    "a\u0000b",
                    "a\u200Bb",
                    "a\uD83D",
                    "{{.}}",
                    "a{b}",
                    "*",
                    "",
                    "a".repeat(5_000));

    private final RunbookGeneration capability = new RunbookGeneration();

    @TestFactory
    Stream<DynamicTest> aHostileNameIsRefusedInEveryField() {
        List<String> fields =
                List.of(
                        "name",
                        "namespace",
                        "workload",
                        "unit",
                        "host",
                        "instance",
                        "owner",
                        "database/host",
                        "database/instance",
                        "queue/name",
                        "queue/group",
                        "escalation/on_call",
                        "dashboards");
        return fields.stream()
                .flatMap(field ->
                        HOSTILE.stream()
                                .filter(text -> !isPlainThere(field, text))
                                .map(text ->
                                        DynamicTest.dynamicTest(
                                                field + " " + HOSTILE.indexOf(text),
                                                () -> {
                                                    InvalidInput refused =
                                                            assertThrows(
                                                                    InvalidInput.class,
                                                                    () ->
                                                                            perform(
                                                                                    input(
                                                                                            field,
                                                                                            text)));
                                                    assertTrue(
                                                            refused.where().startsWith("/input/"),
                                                            refused::where);
                                                })));
    }

    /// A role is words: some of these are only odd words, and come out as such.
    private static boolean isPlainThere(String field, String text) {
        return (field.equals("owner") || field.equals("escalation/on_call"))
                && text.matches("\\p{L}[\\p{L}\\p{Nd} ,&/()'-]{0,79}");
    }

    @Test
    void oddWordsOfARoleAndATitleStayTexts() {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("name", "api");
        service.put("owner", "Ops & Co (a'b)");
        service.put(
                "dashboards",
                List.of(
                        Map.of(
                                "title",
                                "a](javascript:x) | `id` $(id) <b> **c** _d_ [e]",
                                "url",
                                "https://grafana.example/d/(a)?q=`id`|b&c=1"
                                        .replace("`", "%60")
                                        .replace("|", "%7C"))));

        List<Artifact> files =
                perform(Map.of("incident_type", "general", "services", List.of(service)));

        String page =
                files.stream()
                        .filter(file -> file.name().value().equals("services/api.md"))
                        .findFirst()
                        .orElseThrow()
                        .text();
        assertTrue(
                page.contains(
                        "| Dashboard | [a\\](javascript:x) \\| \\`id\\` \\$(id) &lt;b&gt; \\*\\*c\\*\\* \\_d\\_"
                                + " \\[e\\]](<https://grafana.example/d/(a)?q=%60id%60%7Cb&c=1>) |"),
                page);
        assertTrue(page.contains("| Owner | Ops &amp; Co (a'b) |"), page);
    }

    @Test
    void linksLeadToTheWebOnly() {
        for (String url :
                List.of(
                        "javascript:alert(1)",
                        "data:text/html,x",
                        "file:///etc/passwd",
                        "ftp://a.example/",
                        "//a.example/",
                        "https:a",
                        "https://user:secret@a.example/",
                        "https://a.example/>x",
                        "https://a.example/ b",
                        "https://a.example/\u202E",
                        "HTTPS://a.example/",
                        "https://a.example/" + "a".repeat(3_000))) {
            InvalidInput refused =
                    assertThrows(
                            InvalidInput.class,
                            () ->
                                    perform(
                                            Map.of(
                                                    "incident_type", "general",
                                                    "services", List.of("api"),
                                                    "alerts", List.of(url))),
                            url);
            assertEquals("/input/alerts/0", refused.where());
            assertFalse(refused.getMessage().contains("secret"), refused::getMessage);
        }
    }

    private List<Artifact> perform(Map<String, Object> input) {
        return ((dev.devopspack.specialist.Outcome.Proposal)
                        capability.perform(capability.read(input), new Work(null, null)))
                .artifacts()
                .list();
    }

    private static Map<String, Object> input(String field, String text) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("incident_type", "general");
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("name", "api");
        List<Object> services = new ArrayList<>(List.of(service));
        input.put("services", services);
        switch (field) {
            case "unit" -> service.put("platform", "systemd");
            case "instance" -> service.put("platform", "managed_database");
            default -> {}
        }
        switch (field) {
            case "database/host" -> input.put("database", Map.of("host", text));
            case "database/instance" -> input.put("database", Map.of("instance", text));
            case "queue/name" -> input.put("queue", Map.of("system", "kafka", "name", text));
            case "queue/group" -> input.put("queue", Map.of("system", "kafka", "group", text));
            case "escalation/on_call" -> input.put("escalation", Map.of("on_call", text));
            case "dashboards" -> service.put("dashboards", List.of(text));
            default -> service.put(field, text);
        }
        return input;
    }
}
