package dev.devopspack.specialist.cicd.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What starts a workflow. There is no word for `pull_request_target`: it would run a stranger's
/// change with our rights.
public sealed interface Trigger {

    record PullRequest(List<String> branches) implements Trigger {
        public PullRequest {
            branches = List.copyOf(branches);
        }
    }

    record Push(List<String> branches) implements Trigger {
        public Push {
            branches = List.copyOf(branches);
        }
    }

    /// Started by a person, who fills in the inputs.
    record Dispatch(List<Input> inputs) implements Trigger {
        public Dispatch {
            inputs = List.copyOf(inputs);
        }
    }

    /// @param options what can be chosen; null for a text
    record Input(String name, String description, @Nullable List<String> options) {
        public Input {
            Checks.identifier(name);
            Checks.label(description);
            options = options == null ? null : List.copyOf(options);
        }
    }
}
