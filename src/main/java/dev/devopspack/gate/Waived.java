package dev.devopspack.gate;

import dev.devopspack.policy.Finding;
import java.time.Instant;
import java.util.List;

/// A person's signed word about findings that are accepted for a while. Whoever passes it in has
/// looked at the signature, the person and the date.
///
/// @param waiver its id
/// @param who the person, in words
/// @param until before then it counts
/// @param findings what it covers of this scan; never empty
public record Waived(String waiver, String who, String why, Instant until, List<Finding> findings) {

    /// How the checks of a verdict name it.
    private static final String CHECK = "waiver:";

    public Waived {
        findings = List.copyOf(findings);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("a waiver that covers nothing is not counted");
        }
    }

    /// Who, until when, why.
    String text() {
        return waiver + ", " + who + ", until " + until + ": " + why;
    }

    Verdict.Check check() {
        Finding first = findings.getFirst();
        return new Verdict.Check(
                CHECK + waiver,
                first.rule()
                        + " "
                        + first.file()
                        + (first.resource() == null ? "" : " " + first.resource()),
                Verdict.Check.Result.WAIVED,
                first.message() + ". Waived by " + who + " until " + until + ": " + why);
    }

    /// Whether a check of a verdict stands for a waiver.
    public static boolean isCheck(Verdict.Check check) {
        return check.id().startsWith(CHECK);
    }

    /// The id of the waiver that the check stands for.
    public static String waiverOf(Verdict.Check check) {
        return check.id().substring(CHECK.length());
    }
}
