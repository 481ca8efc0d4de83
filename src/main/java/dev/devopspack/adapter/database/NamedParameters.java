package dev.devopspack.adapter.database;

import java.util.ArrayList;
import java.util.List;

/// A statement whose parameters have names, as JDBC wants it: each a question mark.
///
/// @param text with a question mark for each parameter
/// @param names of the parameters in their places; a name may come more than once
record NamedParameters(String text, List<String> names) {

    NamedParameters {
        names = List.copyOf(names);
    }

    /// What stands in quotes stays as it is, and so do casts such as `::text`.
    static NamedParameters of(String statement) {
        StringBuilder text = new StringBuilder(statement.length());
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at < statement.length()) {
            int end = endOfPiece(statement, at);
            if (end - at > 1 && statement.charAt(at) == ':' && statement.charAt(at + 1) != ':') {
                names.add(statement.substring(at + 1, end));
                text.append('?');
            } else {
                text.append(statement, at, end);
            }
            at = end;
        }
        return new NamedParameters(text.toString(), names);
    }

    /// A piece is a quoted text, a cast's two colons, a parameter, or one other character.
    private static int endOfPiece(String statement, int at) {
        char first = statement.charAt(at);
        if (first == '\'' || first == '"') {
            int quote = statement.indexOf(first, at + 1);
            if (quote < 0) {
                throw new IllegalArgumentException("a quote is not closed in: " + statement);
            }
            return quote + 1;
        }
        if (first != ':') {
            return at + 1;
        }
        if (statement.startsWith("::", at)) {
            return at + 2;
        }
        int end = at + 1;
        while (end < statement.length() && Character.isJavaIdentifierPart(statement.charAt(end))) {
            end++;
        }
        return end;
    }
}
