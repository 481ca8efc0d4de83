package dev.devopspack.approval;

import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.text.Normalizer;

/// A reason in a person's own words, made fit for logs, pages and assistants.
public final class ReasonText {

    /// A paragraph: it is told to an assistant and stands in the audit log.
    public static final int MAX_LENGTH = 1_000;

    private ReasonText() {}

    /// The same where there must be one.
    ///
    /// @param where the field that it came in
    /// @throws InvalidInput if it says nothing
    public static String required(String where, String text) {
        String reason = of(text);
        if (reason.isEmpty()) {
            throw new InvalidInput(
                    where, "it is empty", "Say why, in a sentence that others understand.");
        }
        return reason;
    }

    /// Trimmed, in NFC, with invisible characters shown as marks, cut at the limit.
    public static String of(String text) {
        String marked =
                Hidden.marked(
                        Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC));
        String trimmed = marked.strip();
        if (trimmed.length() <= MAX_LENGTH) {
            return trimmed;
        }
        int end =
                Character.isHighSurrogate(trimmed.charAt(MAX_LENGTH - 2))
                        ? MAX_LENGTH - 2
                        : MAX_LENGTH - 1;
        return trimmed.substring(0, end) + "…";
    }
}
