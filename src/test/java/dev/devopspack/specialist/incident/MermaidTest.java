package dev.devopspack.specialist.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.markdown.Flowchart;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mermaid itself reads what we draw.
class MermaidTest {

    private final ObjectMapper json = new ObjectMapper();

    @TempDir Path folder;

    @Test
    void mermaidReadsEveryDecisionTreeAndEveryLabel() throws IOException {
        Set<String> charts = new LinkedHashSet<>();
        EveryRunbook.all()
                .forEach(each -> {
                    String page = each.files().find("README.md").orElseThrow().text();
                    String chart = page.substring(page.indexOf("```mermaid\n") + 11);
                    charts.add(chart.substring(0, chart.indexOf("\n```")));
                });
        charts.add(
                new Flowchart(
                                List.of(
                                        new Flowchart.Node(
                                                Flowchart.Shape.QUESTION,
                                                "a\"] --> b{c}; %% `d` <b> #quot; end (e) \\ | $f"),
                                        new Flowchart.Node(Flowchart.Shape.END, "end")),
                                List.of(new Flowchart.Edge(0, "x|\"y\" --> z", 1)))
                        .printed());
        List<String> texts = new ArrayList<>(charts);
        // Shows that the reader does refuse.
        texts.add("flowchart TD\n  n0[\"a\"\"]");

        JsonNode said = read(texts);

        for (int i = 0; i < charts.size(); i++) {
            assertEquals("null", said.path(i).toString(), texts.get(i));
        }
        assertEquals("Parse error", said.path(charts.size()).asText().substring(0, 11));
    }

    private JsonNode read(List<String> texts) throws IOException {
        Path modules = Tools.requireNodeModule("mermaid");
        NodeProgram node = NodeProgram.require(folder);
        NodeProgram.Ended ended =
                node.run(
                        json.writeValueAsString(texts),
                        Duration.ofMinutes(1),
                        Path.of("src/test/node/mermaid.mjs").toAbsolutePath().toString(),
                        modules.toString());
        assertEquals(0, ended.exitCode(), ended::toString);
        return json.readTree(ended.out());
    }
}
