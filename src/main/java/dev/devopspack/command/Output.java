package dev.devopspack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.devopspack.change.Hidden;
import dev.devopspack.manager.Progress;
import dev.devopspack.task.InvalidInput;
import java.io.PrintWriter;

/// Prints what people and programs read.
final class Output {

    static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /// Steps go to the error stream: what is printed as a result stays one document.
    @SuppressWarnings("SystemConsoleNull")
    static final Progress PROGRESS =
            (done, total, message) -> {
                if (System.console() != null) {
                    System.err.println("[" + (done + 1) + "/" + total + "] " + message);
                }
            };

    private Output() {}

    static void json(PrintWriter out, Object document) {
        try {
            out.println(JSON.writeValueAsString(document));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is plain JSON", e);
        }
    }

    /// A line on a terminal: nothing in it can move the cursor or hide.
    static void line(PrintWriter out, String text) {
        out.println(Hidden.marked(text));
        out.flush();
    }

    static void refused(PrintWriter err, InvalidInput refused) {
        line(err, String.valueOf(refused.getMessage()));
        if (refused.example() != null) {
            line(err, "Example:");
            refused.example().lines().forEach(example -> line(err, "  " + example));
        }
    }
}
