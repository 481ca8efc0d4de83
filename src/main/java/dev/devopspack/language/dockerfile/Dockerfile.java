package dev.devopspack.language.dockerfile;

import java.util.List;
import java.util.Map;

/// A Dockerfile as it is written.
///
/// @param directives the parser directives at its head, such as `syntax`
/// @param escape the character that continues a line: a backslash or a backquote
/// @param arguments the `ARG` instructions before the first stage
/// @param stages in their order; instructions that stand before any `FROM` make a stage without one
/// @param problems what a builder would refuse; the rest is read nevertheless
public record Dockerfile(
        Map<String, String> directives,
        char escape,
        List<Instruction> arguments,
        List<Stage> stages,
        List<SyntaxProblem> problems) {

    public Dockerfile {
        directives = Map.copyOf(directives);
        arguments = List.copyOf(arguments);
        stages = List.copyOf(stages);
        problems = List.copyOf(problems);
    }

    /// Reads a file. Total: any text gives a result.
    public static Dockerfile parse(String text) {
        return new DockerfileParser(text).file();
    }
}
