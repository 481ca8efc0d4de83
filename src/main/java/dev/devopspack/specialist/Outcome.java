package dev.devopspack.specialist;

import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretSpec;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Digest;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.util.List;
import java.util.Map;

/// What a capability returns.
public sealed interface Outcome {

    /// Files that shall be gated and approved.
    ///
    /// @param summary what was written, a short line each, for people
    /// @param claims what the agent assumed or left open: its own words, checked by nobody
    /// @param next what to do with the files, in this order
    /// @param stack the line of change sets that these continue
    /// @param environments where the files act, as a pipeline does on those it deploys to; empty
    ///   where the task alone says it
    /// @param catalogue the digest of the blueprints that they were made from
    record Proposal(
            Artifacts artifacts,
            List<String> summary,
            List<String> claims,
            List<String> next,
            StackName stack,
            List<Environment> environments,
            Digest catalogue)
            implements Outcome {
        public Proposal {
            environments = List.copyOf(environments);
            summary = List.copyOf(summary);
            claims = List.copyOf(claims);
            next = List.copyOf(next);
        }
    }

    /// Findings, numbers or advice about what was given; nothing to gate.
    ///
    /// @param facts plain JSON values
    record Report(List<String> summary, Map<String, Object> facts) implements Outcome {
        public Report {
            summary = List.copyOf(summary);
        }
    }

    /// A secret that people are to be asked for. There is no value, here or in the answer.
    ///
    /// @param reason what it is for: a claim
    record SecretAsked(SecretSpec secret, String reason) implements Outcome {}

    /// A request for a secret that was made before: where it stands.
    record SecretLookedUp(SecretRequestId request) implements Outcome {}

    /// The capability cannot start before somebody says more.
    ///
    /// @param missing what is missing
    /// @param schema the JSON schema of the whole input
    /// @param example a filled example of the whole task
    record InputRequired(
            List<MissingInput> missing, Map<String, Object> schema, Map<String, Object> example)
            implements Outcome {
        public InputRequired {
            missing = List.copyOf(missing);
        }
    }

    /// @param pointer where in the task it belongs, as a JSON pointer
    /// @param description what is asked for, with the reason
    /// @param schema the JSON schema of this one value
    /// @param example a value that would be accepted
    record MissingInput(
            String pointer, String description, Map<String, Object> schema, Object example) {}
}
