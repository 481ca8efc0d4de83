package dev.devopspack.change;

/// How the files of a change set came to be.
public sealed interface Origin {

    /// A specialist wrote them.
    ///
    /// @param agent for example `devops_terraform`
    /// @param capability for example `configuration_generation`
    /// @param catalogue the digest of the blueprints and formats they were made with
    record Generated(String agent, String capability, Digest catalogue) implements Origin {}

    /// The caller wrote and submitted them.
    record Submitted() implements Origin {}
}
