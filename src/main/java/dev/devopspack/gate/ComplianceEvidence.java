package dev.devopspack.gate;

import java.time.Instant;
import java.util.List;

/// What the compliance gate is told beyond the files, each a fact somebody checked.
///
/// @param planOrDifferencePresent whether what will change is known: a given plan, or the
///   difference to the last release
/// @param scanComplete whether every file was read and every rule gave an answer
/// @param auditVerified whether the audit log was verified up to its newest entry, from its first
///   one or, where that is not read yet, from a signed checkpoint on
/// @param approvalPolicyForTarget whether an approval policy covers the target environment
/// @param requesterKnown whether the person behind the request is known
/// @param exemptions what people signed for single controls, each still in force
public record ComplianceEvidence(
        boolean planOrDifferencePresent,
        boolean scanComplete,
        boolean auditVerified,
        boolean approvalPolicyForTarget,
        boolean requesterKnown,
        List<Exemption> exemptions) {

    /// Nothing was checked.
    public static final ComplianceEvidence NONE =
            new ComplianceEvidence(false, false, false, false, false);

    public ComplianceEvidence {
        exemptions = List.copyOf(exemptions);
    }

    public ComplianceEvidence(
            boolean planOrDifferencePresent,
            boolean scanComplete,
            boolean auditVerified,
            boolean approvalPolicyForTarget,
            boolean requesterKnown) {
        this(
                planOrDifferencePresent,
                scanComplete,
                auditVerified,
                approvalPolicyForTarget,
                requesterKnown,
                List.of());
    }

    /// One person's signed word about one control. Whoever passes it in has checked the signature
    /// and the date.
    ///
    /// @param control its id, for example `BL-LOG-01`
    public record Exemption(String control, Kind kind, String who, String why, Instant until) {

        public enum Kind {
            /// It is known not to hold, and accepted for a while.
            WAIVED,
            /// It holds in a way that the files cannot show.
            ATTESTED
        }
    }
}
