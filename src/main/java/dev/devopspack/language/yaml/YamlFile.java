package dev.devopspack.language.yaml;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import java.util.List;
import java.util.Optional;

/// A file as far as it could be read.
///
/// @param documents the roots of what could be read, in the order of the file; an empty document is
///   a null scalar
/// @param diagnostics what is wrong, in the order in which it was met
/// @param comments all comments of what could be read, in the order of the file
public record YamlFile(
        String name,
        String text,
        List<YamlNode> documents,
        List<Diagnostic> diagnostics,
        List<Comment> comments) {

    public YamlFile {
        documents = List.copyOf(documents);
        diagnostics = List.copyOf(diagnostics);
        comments = List.copyOf(comments);
    }

    /// @param text from the `#` to the end of the line
    /// @param alone whether nothing stands before it on its line
    public record Comment(String text, Span span, boolean alone) {}

    /// Whether the whole file was understood.
    public boolean valid() {
        return diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }

    /// @param line from 1
    public Optional<Comment> commentOn(int line) {
        int low = 0;
        int high = comments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Comment comment = comments.get(middle);
            if (comment.span().line() == line) {
                return Optional.of(comment);
            }
            if (comment.span().line() < line) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    /// The text a span stands for; empty for a span that is not of this file.
    public String text(Span span) {
        return span.start() < 0 || span.start() > span.end() || span.end() > text.length()
                ? ""
                : text.substring(span.start(), span.end());
    }
}
