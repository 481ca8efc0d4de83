package dev.devopspack.language.hcl;

import java.util.List;

/// What a generated file is made of. Names are checked, so nothing can break out of its place.
public sealed interface HclElement {

    record Argument(String name, HclExpression value) implements HclElement {
        public Argument {
            requireName(name);
        }
    }

    record Block(String type, List<String> labels, List<HclElement> body) implements HclElement {
        public Block {
            requireName(type);
            labels = List.copyOf(labels);
            body = List.copyOf(body);
        }
    }

    /// @param text may have several lines
    record Comment(String text) implements HclElement {}

    record BlankLine() implements HclElement {}

    /// @throws IllegalArgumentException if a text cannot stand as a name
    static void requireName(String name) {
        if (!Characters.isName(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name in HCL");
        }
    }
}
