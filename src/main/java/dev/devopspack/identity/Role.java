package dev.devopspack.identity;

/// What a person may do.
public enum Role {
    /// Reads change sets, verdicts and the catalogue.
    VIEWER,
    /// Asks for work and submits files.
    REQUESTER,
    /// Decides approvals, except on what was asked for in his name: everywhere, or in the
    /// environments that an admin named.
    APPROVER,
    /// Reads the audit log with its proofs.
    AUDITOR,
    /// Enrols people and issues tokens. Does not decide by this role alone.
    ADMIN,
    /// Reserves and consumes grants and reports how applying went: for pipelines' tokens.
    PIPELINE
}
