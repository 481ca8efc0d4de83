package dev.devopspack.review;

import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.evaluation.EvaluatedBlock;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `moved`, `removed` and `import` blocks say of addresses.
///
/// @param targets from an old address to the new one
/// @param forgotten addresses that leave the state without being destroyed
/// @param imported addresses at which something that exists is taken into the state
record Moves(Map<String, String> targets, Set<String> forgotten, Set<String> imported) {

    static final Moves NONE = new Moves(Map.of(), Set.of(), Set.of());

    /// Moves of moves; more of them in a row is a loop.
    private static final int MAX_STEPS = 50;

    static Moves of(EvaluatedModule root) {
        Moves moves = new Moves(new HashMap<>(), new HashSet<>(), new HashSet<>());
        root.modules()
                .forEach(module ->
                        module.others()
                                .forEach(other -> moves.read(module.address(), other.block())));
        return moves;
    }

    private void read(String module, EvaluatedBlock block) {
        Optional<String> from = address(module, block, "from");
        Optional<String> to = address(module, block, "to");
        switch (block.type()) {
            case "moved" -> {
                if (from.isPresent() && to.isPresent()) {
                    targets.put(from.get(), to.get());
                }
            }
            case "removed" -> {
                if (keeps(block)) {
                    from.ifPresent(forgotten::add);
                }
            }
            case "import" -> to.ifPresent(imported::add);
            default -> {}
        }
    }

    /// `lifecycle { destroy = false }`.
    private static boolean keeps(EvaluatedBlock removed) {
        return removed.body().blocks("lifecycle").stream()
                .flatMap(lifecycle -> lifecycle.body().value("destroy").stream())
                .anyMatch(value -> Evaluated.datum(value).isFalse());
    }

    /// Where what stood at the address stands now.
    String follow(String address) {
        String now = address;
        for (int i = 0; i < MAX_STEPS; i++) {
            String next = step(now);
            if (next.equals(now)) {
                return now;
            }
            now = next;
        }
        return address;
    }

    private String step(String address) {
        for (int end = address.length(); end > 0; end = boundary(address, end)) {
            String target = targets.get(address.substring(0, end));
            if (target != null) {
                return target + address.substring(end);
            }
        }
        return address;
    }

    /// The end of the next shorter address: a resource without its key, the module around it.
    private static int boundary(String address, int end) {
        return Math.max(address.lastIndexOf('.', end - 1), address.lastIndexOf('[', end - 1));
    }

    boolean isForgotten(String address) {
        return holds(forgotten, address);
    }

    boolean isImported(String address) {
        return holds(imported, address);
    }

    private static boolean holds(Set<String> addresses, String address) {
        for (int end = address.length(); end > 0; end = boundary(address, end)) {
            if (addresses.contains(address.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> address(String module, EvaluatedBlock block, String name) {
        return block.body()
                .attribute(name)
                .flatMap(attribute -> written(attribute.expression()))
                .map(text -> module.isEmpty() ? text : module + "." + text);
    }

    private static Optional<String> written(Hcl.Expr expression) {
        return switch (expression) {
            case Hcl.Var name -> Optional.of(name.name());
            case Hcl.GetAttr attribute ->
                    written(attribute.target()).map(text -> text + "." + attribute.name());
            case Hcl.Index index ->
                    written(index.target())
                            .flatMap(text -> key(index.key()).map(key -> text + "[" + key + "]"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> key(Hcl.Expr key) {
        return switch (key) {
            case Hcl.Num number -> Optional.of(number.value().toPlainString());
            case Hcl.Template template -> template.literal().map(text -> '"' + text + '"');
            default -> Optional.empty();
        };
    }
}
