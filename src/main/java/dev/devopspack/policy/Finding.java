package dev.devopspack.policy;

import org.jspecify.annotations.Nullable;

/// A rule that does not hold at a place, with the way to mend it.
///
/// @param rule the rule's id, for example `DP-AWS-EKS-002`
/// @param title the state that the rule wants
/// @param file the artifact's name
/// @param line from 1; 0 where the finding is about the file as a whole
/// @param column from 1; 0 where unknown
/// @param resource the address, for example `aws_eks_cluster.this`, where there is one
/// @param message the fact, never with a secret's value
/// @param mend the next thing to type
/// @param source a link to read more, where there is one
public record Finding(
        String rule,
        String title,
        Severity severity,
        String file,
        int line,
        int column,
        @Nullable String resource,
        String message,
        String mend,
        @Nullable String source) {

    /// `RULE file:line resource: message. Mend` on one line.
    public String text() {
        StringBuilder out = new StringBuilder(rule).append(' ').append(file);
        if (line > 0) {
            out.append(':').append(line);
        }
        if (resource != null) {
            out.append(' ').append(resource);
        }
        return out.append(": ").append(message).append(". ").append(mend).toString();
    }
}
