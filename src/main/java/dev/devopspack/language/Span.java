package dev.devopspack.language;

/// A stretch of a file. Lines and columns count from 1, columns in UTF-16 units as editors do.
///
/// @param start offset of the first character
/// @param end offset after the last character
/// @param endLine line of the end
/// @param endColumn column after the last character
public record Span(int start, int end, int line, int column, int endLine, int endColumn) {

    /// The start of a file, for what has no better place.
    public static final Span START = new Span(0, 0, 1, 1, 1, 1);

    /// From the start of this one to the end of the other.
    public Span to(Span other) {
        return new Span(start, other.end, line, column, other.endLine, other.endColumn);
    }
}
