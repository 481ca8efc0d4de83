package dev.devopspack.language;

/// What is wrong in a file, where, and how to mend it.
///
/// @param message a fact, with the text that caused it in quotes
/// @param mend the next thing to type
public record Diagnostic(Severity severity, String file, Span span, String message, String mend) {

    /// An error stops the file from meaning what was intended; a warning does not.
    public enum Severity {
        ERROR,
        WARNING
    }

    /// One line for people: `main.tf:3:7: message. mend`.
    public String text() {
        return file + ":" + span.line() + ":" + span.column() + ": " + message + ". " + mend;
    }
}
