package dev.devopspack.manager;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.intake.TaskDocument;
import dev.devopspack.policy.Secret;
import dev.devopspack.policy.SecretDetector;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Refuses literal secrets before anything is stored: neither the store nor the log ever sees one.
@ApplicationScoped
class Door {

    private static final String MEND =
            "Name the secret instead: a variable, or a reference to your secret store.";

    void refuseSecrets(TaskDocument task) {
        List<Secret> inInput = SecretDetector.inTree(task.task().input());
        if (!inInput.isEmpty()) {
            Secret first = inInput.getFirst();
            throw new InvalidInput(
                    task.at() + "/input" + first.pointer(),
                    "this looks like a literal secret (" + first.kind() + ")",
                    MEND);
        }
        String request = task.task().request();
        if (request != null && !SecretDetector.find(request).isEmpty()) {
            throw new InvalidInput(
                    task.at() + "/request", "the request holds a literal secret", MEND);
        }
    }

    /// A secret in a submitted file would be kept for ever: it is refused with its place.
    void refuseSecrets(Artifacts artifacts) {
        for (Artifact file : artifacts) {
            List<Secret> found = SecretDetector.inFile(file.name().value(), file.text());
            if (!found.isEmpty()) {
                Secret first = found.getFirst();
                throw new InvalidInput(
                        file.name() + ":" + first.line() + ":" + first.column(),
                        "this looks like a literal secret (" + first.kind() + ")",
                        MEND);
            }
        }
    }
}
