package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Pointer;
import dev.devopspack.task.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How bad the incident is, and what follows from it.
///
/// The times are those that incident processes commonly start from; a company that has its own
/// changes the runbook, which is only a file.
public enum Severity {
    CRITICAL(
            "SEV1",
            "Most users cannot use the product, or data is being lost or exposed.",
            new Rhythm(5, 15, 15, 30),
            new Review(true, 3, 7, 30)),
    HIGH(
            "SEV2",
            "A main function fails or is unusably slow for many users.",
            new Rhythm(15, 30, 30, 60),
            new Review(true, 5, 14, 45)),
    MEDIUM(
            "SEV3",
            "Some users notice, and there is a way around it.",
            new Rhythm(30, 60, 120, 240),
            new Review(true, 10, 30, 60)),
    LOW(
            "SEV4",
            "No user notices yet; left alone it would become worse.",
            new Rhythm(480, 0, 1_440, 0),
            new Review(false, 0, 60, 90));

    /// @param acknowledgeMinutes until somebody says "I have it"
    /// @param escalateMinutes without a mitigation that works until the next role is woken; 0:
    ///   never
    /// @param internalMinutes between two updates to colleagues
    /// @param publicMinutes between two updates on the status page; 0: none there
    record Rhythm(
            int acknowledgeMinutes, int escalateMinutes, int internalMinutes, int publicMinutes) {}

    /// @param held whether people meet for it
    /// @param withinWorkingDays until the review is held; 0 where none is
    /// @param actionDays until action items of the first priority are done
    /// @param laterActionDays until all others are
    record Review(boolean held, int withinWorkingDays, int actionDays, int laterActionDays) {}

    private final String code;
    private final String meaning;
    private final Rhythm rhythm;
    private final Review review;

    Severity(String code, String meaning, Rhythm rhythm, Review review) {
        this.code = code;
        this.meaning = meaning;
        this.rhythm = rhythm;
        this.review = review;
    }

    /// Reads `high`, `sev2`, `SEV-2` and `p2` alike.
    static Severity of(String text, String pointer) {
        String folded = text.toLowerCase(Locale.ROOT).replace("-", "").strip();
        return Arrays.stream(values())
                .filter(severity -> severity.names().contains(folded))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput(
                                pointer,
                                "'" + Pointer.shown(text) + "' is no severity",
                                "Use critical, high, medium or low; sev1 to sev4 and p1 to p4 are"
                                        + " read as these."));
    }

    /// All that a caller may write for it.
    List<String> names() {
        char digit = code.charAt(code.length() - 1);
        return List.of(label(), "sev" + digit, "p" + digit);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    Rhythm rhythm() {
        return rhythm;
    }

    Review review() {
        return review;
    }

    /// Whether users are helped before the cause is known.
    boolean mitigatesFirst() {
        return this == CRITICAL || this == HIGH;
    }

    /// Whether a step that can lose data or sessions may be taken at all.
    boolean allowsDestruction() {
        return this == CRITICAL || this == HIGH;
    }
}
