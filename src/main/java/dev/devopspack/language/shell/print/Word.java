package dev.devopspack.language.shell.print;

import dev.devopspack.change.Hidden;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One word of a command line, whatever it holds.
public sealed interface Word {

    /// As bash reads it: one word, never syntax.
    String printed();

    /// A text that means itself.
    record Text(String value) implements Word {

        /// What no shell reads as anything but itself. `~`, `#` and `{` are left to the quotes.
        private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

        public Text {
            if (Hidden.firstIn(value) >= 0) {
                throw new IllegalArgumentException(
                        "a word holds the character "
                                + Hidden.nameOf(Hidden.firstIn(value))
                                + " that no reader of the command would see");
            }
        }

        @Override
        public String printed() {
            if (BARE.matcher(value).matches()) {
                return value;
            }
            return "'" + value.replace("'", "'\\''") + "'";
        }
    }

    /// The value of a variable, as one word also where it holds spaces.
    record Variable(String name) implements Word {

        private static final Pattern SHAPE = Pattern.compile("[A-Z][A-Z0-9_]{0,40}");

        public Variable {
            if (!SHAPE.matcher(name).matches()) {
                throw new IllegalArgumentException("'" + name + "' is no name of a variable");
            }
        }

        @Override
        public String printed() {
            return "\"$" + name + "\"";
        }
    }

    /// Pieces that stand in one word: `--namespace="$NAMESPACE"`.
    record Joined(List<Word> parts) implements Word {
        public Joined {
            parts = List.copyOf(parts);
        }

        @Override
        public String printed() {
            return parts.stream().map(Word::printed).collect(Collectors.joining());
        }
    }

    static Word text(String value) {
        return new Text(value);
    }

    static Word variable(String name) {
        return new Variable(name);
    }

    static Word joined(Word... parts) {
        return new Joined(Arrays.asList(parts));
    }

    /// An option with its value, `--name=value`, in one word.
    static Word option(String name, Word value) {
        return new Joined(List.of(new Text(name + "="), value));
    }
}
