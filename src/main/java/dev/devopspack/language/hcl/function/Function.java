package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;

/// A function of Terraform's language.
///
/// @param least how many arguments it needs
/// @param most how many it takes; [#ANY] for no limit
/// @param unknown what it does with arguments that are not wholly known
record Function(int least, int most, Unknowns unknown, Body body) {

    static final int ANY = Integer.MAX_VALUE;

    /// Computes the result of a call whose number of arguments was checked.
    @FunctionalInterface
    interface Body {
        Value apply(Arguments arguments);
    }

    /// What a function does with arguments that are not known.
    enum Unknowns {
        /// Unknown if anything in an argument is unknown.
        NEEDS_ALL,
        /// Unknown if an argument is unknown; works on collections with unknown items.
        NEEDS_SHAPE,
        /// Looks at its arguments itself.
        TAKES_ALL
    }
}
