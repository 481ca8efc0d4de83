package dev.devopspack.language.yaml.printer;

import dev.devopspack.change.Hidden;
import java.util.List;

/// Comments are ours, one line each: a line break in one would end it.
final class Comments {

    private Comments() {}

    static List<String> checked(List<String> lines) {
        lines.forEach(Comments::check);
        return List.copyOf(lines);
    }

    static void check(String line) {
        if (line.isBlank() || Hidden.firstIn(line) >= 0 || line.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a comment is one line of visible characters");
        }
    }
}
