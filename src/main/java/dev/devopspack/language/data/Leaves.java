package dev.devopspack.language.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values at the ends of a tree of maps and lists, each with where it stands.
public final class Leaves {

    private final int maxDepth;
    private final Visitor visitor;

    private Leaves(int maxDepth, Visitor visitor) {
        this.maxDepth = maxDepth;
        this.visitor = visitor;
    }

    /// Takes one value after the other, in the order of the tree.
    @FunctionalInterface
    public interface Visitor {

        /// @param pointer where it stands, a JSON pointer
        /// @param name the key that it stands under, also as an item of a list; empty at the top
        void leaf(String pointer, String name, Object value);
    }

    /// @param pointer of the tree itself
    /// @param maxDepth what lies deeper is left out
    public static void visit(Object tree, String pointer, int maxDepth, Visitor visitor) {
        new Leaves(maxDepth, visitor).walk(tree, pointer, "", 0);
    }

    private void walk(@Nullable Object node, String pointer, String name, int depth) {
        if (depth > maxDepth || node == null) {
            return;
        }
        switch (node) {
            case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        String text = String.valueOf(key);
                        String step = text.replace("~", "~0").replace("/", "~1");
                        walk(value, pointer + "/" + step, text, depth + 1);
                    });
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    walk(list.get(i), pointer + "/" + i, name, depth + 1);
                }
            }
            default -> visitor.leaf(pointer, name, node);
        }
    }
}
