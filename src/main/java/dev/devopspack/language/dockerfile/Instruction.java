package dev.devopspack.language.dockerfile;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/// One instruction with everything that belongs to it.
///
/// @param keyword in capitals, for example `RUN`; for `ONBUILD RUN ...` it is `RUN`
/// @param onbuild whether it runs only in images that are built from this one
/// @param at where its keyword begins
/// @param lastLine the line on which it ends, its here-documents included
/// @param flags its options, in their order
/// @param exec whether the arguments are a JSON array of texts
/// @param text the arguments behind the options, continued lines joined
/// @param words the arguments: the array's items, else what blanks separate outside quotes
/// @param pairs the names and values of `ENV`, `ARG` and `LABEL`
/// @param heredocs its here-documents
/// @param positions where in the file the character at an offset of `text` stands
public record Instruction(
        String keyword,
        boolean onbuild,
        Position at,
        int lastLine,
        List<Flag> flags,
        boolean exec,
        String text,
        List<Word> words,
        List<Pair> pairs,
        List<Heredoc> heredocs,
        IntFunction<Position> positions) {

    public Instruction {
        flags = List.copyOf(flags);
        words = List.copyOf(words);
        pairs = List.copyOf(pairs);
        heredocs = List.copyOf(heredocs);
    }

    public boolean is(String name) {
        return keyword.equals(name);
    }

    /// The value of the option's first occurrence.
    public Optional<String> flag(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).map(Flag::value).findFirst();
    }

    /// The values of all occurrences of an option such as `--mount`.
    public List<String> flagValues(String name) {
        return flags.stream().filter(flag -> flag.name().equals(name)).map(Flag::value).toList();
    }
}
