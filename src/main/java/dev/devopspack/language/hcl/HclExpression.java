package dev.devopspack.language.hcl;

import dev.devopspack.language.hcl.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An expression of a generated file.
public sealed interface HclExpression {

    /// A wholly known value. Whatever is in its strings, they stay text.
    record Literal(Value value) implements HclExpression {
        public Literal {
            if (!value.wholly()) {
                throw new IllegalArgumentException("a value that is not known cannot be printed");
            }
        }
    }

    /// `var.region`, `aws_vpc.this.id`.
    record Traversal(List<String> names) implements HclExpression {
        public Traversal {
            names = List.copyOf(names);
            names.forEach(HclElement::requireName);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("a traversal needs a name");
            }
        }

        public static Traversal of(String... names) {
            return new Traversal(List.of(names));
        }
    }

    record Items(List<HclExpression> items) implements HclExpression {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Members in the order given.
    record Members(Map<String, HclExpression> members) implements HclExpression {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    record Call(String function, List<HclExpression> arguments) implements HclExpression {
        public Call {
            HclElement.requireName(function);
            arguments = List.copyOf(arguments);
        }
    }
}
