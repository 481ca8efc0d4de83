package dev.devopspack.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A condition that can be asked of subjects. Immutable, so that threads can share it.
public final class Condition {

    private static final String HAS = "has";

    private final Node node;
    private final int variables;

    private Condition(Node node, int variables) {
        this.node = node;
        this.variables = variables;
    }

    /// Binds a term.
    ///
    /// @param functions by name; they come before CEL's own, so that `_==_` can be one of them. One
    ///   called `has` is given what stands before the dot of `has(a.b)` and the name behind it
    /// @return empty where the term calls something that is neither of these nor of the operators
    ///   that are known here
    public static Optional<Condition> of(Term term, Map<String, Function> functions) {
        Binding binding = new Binding(functions);
        try {
            Node node = binding.node(term);
            return Optional.of(new Condition(node, binding.most));
        } catch (UnsupportedOperationException _) {
            return Optional.empty();
        }
    }

    /// Works the condition out.
    ///
    /// @param self what the condition is about
    /// @return a value of the kinds that subjects have, `CelUnknownSet` where it is not known, or a
    ///   {@link Problem} where there is none
    public Object of(Object self) {
        return of(self, new Turns(), 1);
    }

    /// Works the condition out with what is left of some turns: a {@link Problem} where they do not
    /// last.
    ///
    /// @param cost of a turn
    public Object of(Object self, Turns turns, int cost) {
        return node.in(new Node.Frame(self, variables, turns, cost));
    }

    /// Binds names to places and calls to functions.
    private static final class Binding {

        private final Map<String, Function> functions;
        private final List<String> scope = new ArrayList<>();
        private int most;

        Binding(Map<String, Function> functions) {
            this.functions = functions;
        }

        Node node(Term term) {
            return switch (term) {
                case Term.Constant constant -> new Node.Constant(constant.value());
                case Term.Name name -> named(name.name());
                case Term.Select select -> new Node.Select(node(select.of()), select.field());
                case Term.Not not -> new Node.Not(node(not.term()));
                case Term.Both both -> new Node.Chain(nodes(both.terms()), false);
                case Term.Either either -> new Node.Chain(nodes(either.terms()), true);
                case Term.Choice choice ->
                        new Node.Choice(
                                node(choice.condition()),
                                node(choice.then()),
                                node(choice.otherwise()));
                case Term.Items items -> items(items);
                case Term.Entries entries ->
                        new Node.Entries(
                                entries.entries().stream().map(e -> node(e.key())).toList(),
                                entries.entries().stream().map(e -> node(e.value())).toList());
                case Term.Call call -> call(call);
                case Term.Each each -> each(each);
            };
        }

        private Node named(String name) {
            int slot = scope.lastIndexOf(name);
            if (slot >= 0) {
                return new Node.Variable(slot);
            }
            if (name.equals("self")) {
                return new Node.Self();
            }
            throw new UnsupportedOperationException(name);
        }

        /// A list of constants is made once.
        private Node items(Term.Items items) {
            List<Node> nodes = nodes(items.items());
            return nodes.stream().allMatch(Node.Constant.class::isInstance)
                    ? new Node.Constant(
                            nodes.stream().map(each -> ((Node.Constant) each).value()).toList())
                    : new Node.Items(nodes);
        }

        private Node call(Term.Call call) {
            Function function = functions.get(call.function());
            List<Node> arguments =
                    function != null
                                    && call.function().equals(HAS)
                                    && call.arguments().size() == 1
                                    && call.arguments().getFirst() instanceof Term.Select asked
                            ? List.of(node(asked.of()), new Node.Constant(asked.field()))
                            : nodes(call.arguments());
            if (function != null && function.parameters().size() == arguments.size()) {
                return new Node.Call(function, arguments);
            }
            return Operators.find(call.function(), arguments.size())
                    .map(operator ->
                            new Node.Standard(
                                    operator,
                                    arguments.getFirst(),
                                    arguments.size() == 1 ? null : arguments.getLast()))
                    .orElseThrow(() -> new UnsupportedOperationException(call.function()));
        }

        private Node each(Term.Each each) {
            Node range = node(each.range());
            scope.add(each.variable());
            most = Math.max(most, scope.size());
            Node test = node(each.test());
            Node result = node(each.result());
            scope.removeLast();
            return new Node.Each(each.macro(), range, scope.size(), test, result);
        }

        private List<Node> nodes(List<Term> terms) {
            return terms.stream().map(this::node).toList();
        }
    }
}
