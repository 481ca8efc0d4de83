package dev.devopspack.specialist.security;

/// A language that a policy is written in.
public enum PolicyFormat {
    /// A rule of ours.
    RULE,
    /// Kubernetes' own.
    VALIDATING_ADMISSION_POLICY,
    KYVERNO,
    /// For Open Policy Agent and conftest.
    REGO,
    /// A service control policy of an AWS organisation.
    SCP,
    /// An identity policy of AWS.
    IAM
}
