package dev.devopspack.language.markdown;

import dev.devopspack.change.Hidden;
import java.util.List;

/// A Mermaid flowchart from top to bottom.
///
/// Nodes are numbered in the order in which they stand. A label is a quoted text in which nothing
/// is a mark.
public record Flowchart(List<Node> nodes, List<Edge> edges) {

    /// How a node is drawn.
    public enum Shape {
        QUESTION("{\"", "\"}"),
        ACTION("[\"", "\"]"),
        END("([\"", "\"])");

        private final String open;
        private final String close;

        Shape(String open, String close) {
            this.open = open;
            this.close = close;
        }
    }

    public record Node(Shape shape, String label) {}

    /// @param from index of a node
    public record Edge(int from, String label, int to) {}

    public Flowchart {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        int size = nodes.size();
        if (edges.stream()
                .anyMatch(e -> e.from() < 0 || e.to() < 0 || e.from() >= size || e.to() >= size)) {
            throw new IllegalArgumentException("an edge leads to no node");
        }
    }

    /// The lines, without a line feed at the end.
    public String printed() {
        StringBuilder out = new StringBuilder("flowchart TD");
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            out.append("\n  n")
                    .append(i)
                    .append(node.shape().open)
                    .append(label(node.label()))
                    .append(node.shape().close);
        }
        for (Edge edge : edges) {
            out.append("\n  n").append(edge.from());
            out.append(" -->|\"").append(label(edge.label())).append("\"| n").append(edge.to());
        }
        return out.toString();
    }

    /// Mermaid reads `#35;` as the character 35. What could be markup, or end the text, is written
    /// so.
    private static String label(String text) {
        StringBuilder out = new StringBuilder();
        Hidden.marked(text)
                .chars()
                .forEach(c -> {
                    if ("\"#<>&`|\\{}[];%\n\t".indexOf(c) >= 0) {
                        out.append('#').append(c).append(';');
                    } else {
                        out.append((char) c);
                    }
                });
        return out.toString();
    }
}
