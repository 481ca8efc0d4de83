package dev.devopspack.policy.condition;

import java.util.ArrayList;
import java.util.List;

/// A CEL expression as a tree, its macros recognised and chains of `&&` and `||` flat.
public sealed interface Term {

    /// A literal.
    ///
    /// @param value `Boolean`, `Long`, `Double`, `String` or `NullValue`
    record Constant(Object value) implements Term {}

    /// `self` or the variable of a macro.
    record Name(String name) implements Term {}

    /// `of.field`
    record Select(Term of, String field) implements Term {}

    /// A function or an operator, which CEL calls `_+_` and the like.
    ///
    /// @param member whether it is written as a method: the first argument stands before the dot
    record Call(String function, boolean member, List<Term> arguments) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// Terms with `&&` between them.
    record Both(List<Term> terms) implements Term {
        public Both {
            terms = List.copyOf(terms);
        }
    }

    /// Terms with `||` between them.
    record Either(List<Term> terms) implements Term {
        public Either {
            terms = List.copyOf(terms);
        }
    }

    record Not(Term term) implements Term {}

    /// `condition ? then : otherwise`
    record Choice(Term condition, Term then, Term otherwise) implements Term {}

    /// `[a, b]`
    record Items(List<Term> items) implements Term {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// `{key: value}`
    record Entries(List<Entry> entries) implements Term {
        public Entries {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Term key, Term value) {}

    /// A macro that goes through a list or the names of an object.
    ///
    /// @param test what is asked of each item
    /// @param result what a list is made of, where the macro makes one; else the same as `test`
    record Each(Macro macro, Term range, String variable, Term test, Term result) implements Term {}

    /// `filter` is a list of the items themselves, `map` one of what is made of them.
    enum Macro {
        ALL,
        EXISTS,
        EXISTS_ONE,
        LIST
    }

    static Term both(Term left, Term right) {
        List<Term> terms = new ArrayList<>();
        terms.addAll(left instanceof Both chain ? chain.terms() : List.of(left));
        terms.addAll(right instanceof Both chain ? chain.terms() : List.of(right));
        return new Both(terms);
    }

    static Term either(Term left, Term right) {
        List<Term> terms = new ArrayList<>();
        terms.addAll(left instanceof Either chain ? chain.terms() : List.of(left));
        terms.addAll(right instanceof Either chain ? chain.terms() : List.of(right));
        return new Either(terms);
    }
}
