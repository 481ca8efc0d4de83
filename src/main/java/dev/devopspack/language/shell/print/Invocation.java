package dev.devopspack.language.shell.print;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A program with its arguments, and what it reads.
///
/// @param program a program's name, looked up on the path
/// @param input lines for its standard input, given as they stand: no variable is put in
public record Invocation(String program, List<Word> arguments, @Nullable Here input) {

    private static final Pattern PROGRAM = Pattern.compile("[a-z][a-z0-9_.-]{0,40}");

    /// A here-document. Its end mark is quoted, so the shell leaves its lines alone.
    public record Here(String end, List<String> lines) {

        private static final Pattern END = Pattern.compile("[A-Z]{2,10}");

        public Here {
            lines = List.copyOf(lines);
            if (!END.matcher(end).matches() || lines.contains(end)) {
                throw new IllegalArgumentException("'" + end + "' cannot end these lines");
            }
            for (String line : lines) {
                if (line.indexOf('\n') >= 0) {
                    throw new IllegalArgumentException("a line holds a line feed");
                }
            }
        }

        String printed() {
            return String.join("\n", lines) + "\n" + end;
        }
    }

    public Invocation {
        arguments = List.copyOf(arguments);
        if (!PROGRAM.matcher(program).matches()) {
            throw new IllegalArgumentException("'" + program + "' is no name of a program");
        }
    }

    /// A program with its arguments.
    ///
    /// @param words texts, which mean themselves, and words
    public static Invocation of(String program, Object... words) {
        List<Word> arguments = new ArrayList<>();
        for (Object word : words) {
            arguments.add(
                    switch (word) {
                        case Word given -> given;
                        case String text -> Word.text(text);
                        default -> throw new IllegalArgumentException("no word: " + word);
                    });
        }
        return new Invocation(program, arguments, null);
    }

    /// A program with its arguments, the first ones written as a person types them.
    ///
    /// @param line the program and its first arguments, a space between two; none needs quotes
    /// @param more texts, which mean themselves whatever they hold, and words
    public static Invocation typed(String line, Object... more) {
        int end = line.indexOf(' ');
        List<Object> words = new ArrayList<>();
        if (end >= 0) {
            words.addAll(words(line.substring(end + 1)));
        }
        words.addAll(Arrays.asList(more));
        return of(end < 0 ? line : line.substring(0, end), words.toArray());
    }

    /// Words as a person types them, a space between two; none needs quotes.
    public static List<Word> words(String typed) {
        List<Word> words = Arrays.stream(typed.split(" ", -1)).map(Word::text).toList();
        if (!words.stream().map(Word::printed).collect(Collectors.joining(" ")).equals(typed)) {
            throw new IllegalArgumentException("'" + typed + "' is not typed as it stands");
        }
        return words;
    }

    public Invocation reading(String end, List<String> lines) {
        return new Invocation(program, arguments, new Here(end, lines));
    }

    /// The arguments that are texts, for whoever asks what the command does. An argument that is
    /// put together of several pieces is given by its first text.
    public List<String> texts() {
        return arguments.stream().map(Invocation::textOf).flatMap(Optional::stream).toList();
    }

    private static Optional<String> textOf(Word word) {
        return switch (word) {
            case Word.Text text -> Optional.of(text.value());
            case Word.Variable _ -> Optional.empty();
            case Word.Joined joined -> textOf(joined.parts().getFirst());
        };
    }

    String printed() {
        String line =
                arguments.isEmpty()
                        ? program
                        : program
                                + " "
                                + arguments.stream()
                                        .map(Word::printed)
                                        .collect(Collectors.joining(" "));
        return input == null ? line : line + " <<'" + input.end() + "'";
    }
}
