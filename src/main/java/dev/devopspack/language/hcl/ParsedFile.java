package dev.devopspack.language.hcl;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Body;
import java.util.List;

/// A file as far as it could be read.
///
/// Where there are errors the body holds everything that could still be understood.
///
/// @param comments all comments, in the order of the file
public record ParsedFile(
        String name, String text, Body body, List<Diagnostic> diagnostics, List<Comment> comments) {

    public ParsedFile {
        diagnostics = List.copyOf(diagnostics);
        comments = List.copyOf(comments);
    }

    /// Whether the whole file was understood.
    public boolean valid() {
        return diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }

    /// The text a span stands for; empty for a span that is not of this file.
    public String text(Span span) {
        return span.start() < 0 || span.start() > span.end() || span.end() > text.length()
                ? ""
                : text.substring(span.start(), span.end());
    }
}
