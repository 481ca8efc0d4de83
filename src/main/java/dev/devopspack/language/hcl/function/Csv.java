package dev.devopspack.language.hcl.function;

import java.util.ArrayList;
import java.util.List;

/// Reads comma-separated values as RFC 4180 has them.
final class Csv {

    private final Arguments arguments;
    private final String text;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private int at;

    private Csv(Arguments arguments) {
        this.arguments = arguments;
        this.text = arguments.text(0);
    }

    static List<List<String>> rows(Arguments arguments) {
        Csv csv = new Csv(arguments);
        csv.read();
        return csv.rows;
    }

    private void read() {
        while (at < text.length()) {
            arguments.budget().charge(1);
            if (row.isEmpty() && newline()) {
                continue;
            }
            row.add(text.charAt(at) == '"' ? quoted() : plain());
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
                if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                    row.add("");
                }
            }
            if (at >= text.length() || newline()) {
                rows.add(row);
                row = new ArrayList<>();
            }
        }
    }

    private boolean newline() {
        if (text.startsWith("\r\n", at)) {
            at += 2;
            return true;
        }
        if (text.charAt(at) == '\n') {
            at++;
            return true;
        }
        return false;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            if (text.charAt(at) == '"') {
                throw arguments.problem(
                        "a quote stands inside a field", "Put the whole field in quotes");
            }
            if (text.startsWith("\r\n", at)) {
                break;
            }
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                requireEnd();
                return field.toString();
            }
        }
        throw arguments.problem("a quoted field is not closed", "Close it with a quote");
    }

    private void requireEnd() {
        boolean ends = at >= text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0;
        if (!ends) {
            throw arguments.problem(
                    "text follows a quoted field", "Put a comma behind the closing quote");
        }
    }
}
