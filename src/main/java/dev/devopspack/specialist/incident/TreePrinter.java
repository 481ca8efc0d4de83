package dev.devopspack.specialist.incident;

import dev.devopspack.language.markdown.Block;
import dev.devopspack.language.markdown.Block.Item;
import dev.devopspack.language.markdown.Flowchart;
import dev.devopspack.language.markdown.Flowchart.Edge;
import dev.devopspack.language.markdown.Flowchart.Node;
import dev.devopspack.language.markdown.Flowchart.Shape;
import dev.devopspack.language.markdown.Prose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A decision tree as a list of questions and as a flowchart. Both say the same.
final class TreePrinter {

    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    private final Situation situation;

    TreePrinter(Situation situation) {
        this.situation = situation;
    }

    Block list(Tree tree) {
        return new Block.Items(Block.Mark.BULLET, items(tree));
    }

    private List<Item> items(Tree tree) {
        return switch (tree) {
            case Tree.Question question ->
                    List.of(
                            new Item(
                                    Prose.of(question.text()),
                                    question.answers().stream().map(this::item).toList()));
            case Tree.Found found ->
                    List.of(Item.of(Prose.of("branch {}", found.branch().title())));
            case Tree.Escalate escalate -> List.of(Item.of(Prose.of("call {}", whom(escalate))));
        };
    }

    private Item item(Tree.Answer answer) {
        return switch (answer.then()) {
            case Tree.Question _ ->
                    new Item(Prose.of("**{}**", answer.label()), items(answer.then()));
            case Tree.Found found ->
                    Item.of(Prose.of("**{}**: branch {}", answer.label(), found.branch().title()));
            case Tree.Escalate escalate ->
                    Item.of(Prose.of("**{}**: call {}", answer.label(), whom(escalate)));
        };
    }

    Block chart(Tree tree) {
        nodes.clear();
        edges.clear();
        add(tree);
        edges.sort(Comparator.comparingInt(Edge::from));
        return new Block.Fence("mermaid", new Flowchart(nodes, edges).printed());
    }

    private int add(Tree tree) {
        return switch (tree) {
            case Tree.Question question -> {
                int here = node(Shape.QUESTION, question.text().replace("`", ""));
                for (Tree.Answer answer : question.answers()) {
                    int there = add(answer.then());
                    edges.add(new Edge(here, answer.label(), there));
                }
                yield here;
            }
            case Tree.Found found -> node(Shape.ACTION, "Branch " + found.branch().title());
            case Tree.Escalate escalate -> node(Shape.END, "Call " + whom(escalate));
        };
    }

    private String whom(Tree.Escalate escalate) {
        return Escalation.helper(situation, escalate.helper()).value();
    }

    /// One box for a branch, however many ways lead there.
    private int node(Shape shape, String label) {
        Node node = new Node(shape, label);
        int known = shape == Shape.QUESTION ? -1 : nodes.indexOf(node);
        if (known >= 0) {
            return known;
        }
        nodes.add(node);
        return nodes.size() - 1;
    }
}
