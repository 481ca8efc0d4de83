package dev.devopspack.gate;

/// What the compliance gate is told beyond the files, each a fact somebody checked.
///
/// @param planOrDifferencePresent whether what will change is known: a given plan, or the
///   difference to the last release
/// @param scanComplete whether every file was read and every rule gave an answer
/// @param auditVerified whether the audit log was verified up to its newest entry
/// @param approvalPolicyForTarget whether an approval policy covers the target environment
/// @param requesterKnown whether the person behind the request is known
public record ComplianceEvidence(
        boolean planOrDifferencePresent,
        boolean scanComplete,
        boolean auditVerified,
        boolean approvalPolicyForTarget,
        boolean requesterKnown) {

    /// Nothing was checked.
    public static final ComplianceEvidence NONE =
            new ComplianceEvidence(false, false, false, false, false);
}
