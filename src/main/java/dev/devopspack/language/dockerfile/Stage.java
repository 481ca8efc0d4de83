package dev.devopspack.language.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one `FROM` begins.
///
/// @param index from 0
/// @param name in lower case, as builders compare it; null where `AS` is missing
/// @param from its `FROM`; null for instructions that stand before any
/// @param image the image as it is written; empty where it is missing
/// @param instructions those that follow its `FROM`
public record Stage(
        int index,
        @Nullable String name,
        @Nullable Instruction from,
        String image,
        List<Instruction> instructions) {

    public Stage {
        instructions = List.copyOf(instructions);
    }
}
