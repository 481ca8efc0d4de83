package dev.devopspack.change;

import org.jspecify.annotations.Nullable;

/// How the files of a change set came to be.
public sealed interface Origin {

    /// A specialist wrote them.
    ///
    /// @param agent for example `devops_terraform`
    /// @param capability for example `configuration_generation`
    /// @param catalogue the digest of the blueprints and formats they were made with
    /// @param inputWrittenBy the name of the language model that turned plain language into the
    ///   typed input, where one did; a caller wrote it otherwise
    record Generated(
            String agent, String capability, Digest catalogue, @Nullable String inputWrittenBy)
            implements Origin {

        public Generated(String agent, String capability, Digest catalogue) {
            this(agent, capability, catalogue, null);
        }
    }

    /// The caller wrote and submitted them.
    record Submitted() implements Origin {}
}
