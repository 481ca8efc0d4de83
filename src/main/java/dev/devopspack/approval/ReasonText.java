package dev.devopspack.approval;

import dev.devopspack.change.Hidden;
import java.text.Normalizer;

/// A reason in a person's own words, made fit for logs, pages and assistants.
final class ReasonText {

    /// A paragraph: it is told to an assistant and stands in the audit log.
    static final int MAX_LENGTH = 1_000;

    private ReasonText() {}

    /// Trimmed, in NFC, with invisible characters shown as marks, cut at the limit.
    static String of(String text) {
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
