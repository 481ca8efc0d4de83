package dev.devopspack.language.workflow.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an expression reads of a context, as a dotted path in lower case:
/// `github.event.issue.title` also for `github['event'].issue['TITLE']`. An element of a list, or
/// of an object by a computed name, is `*`.
///
/// @param path for example `github.event.commits.*.message`
/// @param computed whether one of its names is worked out in the run
public record ContextPath(String path, boolean computed, int start, int end) {

    /// The paths that the expression reads, from left to right, each as long as it is written.
    public static List<ContextPath> in(Expression tree) {
        List<ContextPath> paths = new ArrayList<>();
        collect(tree, paths);
        return paths;
    }

    private static void collect(Expression node, List<ContextPath> into) {
        Optional<ContextPath> path = of(node);
        if (path.isPresent()) {
            into.add(path.get());
            collectIndexes(node, into);
        } else {
            node.children().forEach(child -> collect(child, into));
        }
    }

    /// An index such as `a[b.c]` reads `b.c` as well.
    private static void collectIndexes(Expression node, List<ContextPath> into) {
        switch (node) {
            case Expression.Property property -> collectIndexes(property.of(), into);
            case Expression.Every every -> collectIndexes(every.of(), into);
            case Expression.Index index -> {
                collectIndexes(index.of(), into);
                collect(index.index(), into);
            }
            default -> {
                // Nothing is read beside the path.
            }
        }
    }

    /// The path that the node as a whole is; empty where it begins with something else than a
    /// context.
    public static Optional<ContextPath> of(Expression node) {
        return switch (node) {
            case Expression.Context context ->
                    Optional.of(new ContextPath(context.name(), false, node.start(), node.end()));
            case Expression.Property property ->
                    of(property.of()).map(path -> path.then(property.name(), false, node));
            case Expression.Every every -> of(every.of()).map(path -> path.then("*", false, node));
            case Expression.Index index ->
                    of(index.of())
                            .map(path ->
                                    switch (index.index()) {
                                        case Expression.Text text ->
                                                path.then(text.value(), false, node);
                                        case Expression.Number _ -> path.then("*", false, node);
                                        default -> path.then("*", true, node);
                                    });
            default -> Optional.empty();
        };
    }

    private ContextPath then(String name, boolean isComputed, Expression node) {
        return new ContextPath(
                path + "." + name.toLowerCase(Locale.ROOT),
                computed || isComputed,
                node.start(),
                node.end());
    }
}
