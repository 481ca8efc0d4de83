package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the part of Mermaid's flowcharts that we write.
final class ReadFlowchart {

    /// A quoted label: nothing in it ends it or is markup.
    private static final String LABEL = "\"([^\"<>&`|\\\\{}\\[\\]#;%]|#[0-9]+;)+\"";

    private static final Pattern NODE =
            Pattern.compile(
                    "  (n[0-9]+)(\\{" + LABEL + "}|\\[" + LABEL + "]|\\(\\[" + LABEL + "]\\))");
    private static final Pattern EDGE =
            Pattern.compile("  (n[0-9]+) -->\\|" + LABEL + "\\| (n[0-9]+)");

    private ReadFlowchart() {}

    /// Every node is reached from the first, questions branch, answers end.
    static void check(String chart, String what) {
        List<String> lines = chart.lines().toList();
        assertEquals("flowchart TD", lines.getFirst(), what);
        Map<String, Boolean> questions = new HashMap<>();
        Map<String, Set<String>> edges = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher node = NODE.matcher(line);
            Matcher edge = EDGE.matcher(line);
            if (node.matches()) {
                assertEquals(
                        null, questions.put(node.group(1), node.group(2).startsWith("{")), what);
            } else {
                assertTrue(edge.matches(), () -> what + ": " + line);
                edges.computeIfAbsent(edge.group(1), _ -> new HashSet<>()).add(edge.group(3));
            }
        }
        questions.forEach((node, question) ->
                assertEquals(question, edges.containsKey(node), () -> what + ": " + node));
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of("n0"));
        while (!next.isEmpty()) {
            String node = next.pop();
            assertTrue(questions.containsKey(node), () -> what + ": no node " + node);
            if (reached.add(node)) {
                next.addAll(edges.getOrDefault(node, Set.of()));
            }
        }
        assertEquals(questions.keySet(), reached, what);
    }
}
