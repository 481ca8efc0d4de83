package dev.devopspack.language.kubernetes;

import dev.devopspack.language.Span;

/// What Kubernetes would refuse, ignore or not find in a manifest. Never quotes a value that could
/// be a secret.
///
/// @param span where it stands in the manifest's file
/// @param path for example `spec.template.spec.containers[0].image`
/// @param message the fact about what stands at the path, in a sentence that begins after it
public record ManifestProblem(
        Kind kind, Manifest manifest, Span span, String path, String message) {

    public enum Kind {
        UNKNOWN_FIELD("unknown-field"),
        MISSING_FIELD("missing-field"),
        WRONG_TYPE("wrong-type"),
        WRONG_VALUE("wrong-value"),
        WRONG_NAME("wrong-name"),
        NOT_SERVED("not-served"),
        DEPRECATED("deprecated"),
        UNKNOWN_KIND("unknown-kind"),
        CONTRADICTION("contradiction"),
        NO_TARGET("no-target"),
        CUSTOM("custom"),
        /// A rule of a definition: it may hold or not.
        NOT_JUDGED("custom");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /// For example `unknown-field`; what is not judged has the one that a judged one would
        /// have.
        public String label() {
            return label;
        }
    }
}
