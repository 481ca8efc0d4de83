package dev.devopspack.manager;

import dev.devopspack.approval.NamedAuthors;
import dev.devopspack.approval.NamedAuthors.TooFewLeft;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.identity.Principal;
import dev.devopspack.intake.TaskDocument;
import dev.devopspack.manager.conduct.Conduct;
import dev.devopspack.manager.conduct.PolicyTable;
import dev.devopspack.manager.conduct.Refusal;
import dev.devopspack.policy.Secret;
import dev.devopspack.policy.SecretDetector;
import dev.devopspack.policy.SpokenPassword;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Refuses what may not come in, before anything is performed or stored: literal secrets, which
/// neither the store nor the log ever sees, and what no agent does. Each refusal is audited.
@ApplicationScoped
class Door {

    /// The table's row that holds for everything that comes in.
    static final String MANAGER = "devops_pack_manager";

    private static final String LITERAL_SECRET = "literal-secret";

    private static final String MEND =
            "Name the secret instead: a variable, or a reference to your secret store.";

    private static final String TOO_FEW_APPROVERS = "authors-leave-too-few-approvers";

    private final Conduct conduct;
    private final NamedAuthors authors;
    private final Refusals refusals;

    Door(NamedAuthors authors, Refusals refusals) {
        this.conduct = new Conduct(PolicyTable.shipped());
        this.authors = authors;
        this.refusals = refusals;
    }

    /// Files that were frozen, with those who are said to have written them: looked at before the
    /// gates judge them, and again when they are stored, for what others named meanwhile.
    ///
    /// @param judged what is done with the files that come in; it stores them with {@link
    ///   NamedAuthors} looked at again
    /// @throws InvalidInput where too few people would be left to approve them
    ChangeSet admitAuthors(
            ChangeSet changeSet,
            Submission submission,
            Supplier<ChangeSet> judged,
            Principal caller,
            String client) {
        try {
            authors.against(changeSet, submission.authors())
                    .ifPresent(refused -> {
                        throw refused;
                    });
            return judged.get();
        } catch (TooFewLeft refused) {
            refusals.audit(TOO_FEW_APPROVERS, "/authors", null, caller, client);
            throw refused;
        }
    }

    /// A task that is kept, or handed on to be kept.
    ///
    /// @throws InvalidInput with the place, the reason and the way that is open
    void admit(TaskDocument task, Principal caller, String client) {
        admit(task, Set.of(), caller, client);
    }

    /// @param judged the inputs that hold files to be judged: they are read and forgotten
    /// @throws InvalidInput with the place, the reason and the way that is open
    void admit(TaskDocument task, Set<String> judged, Principal caller, String client) {
        Map<String, Object> input = new LinkedHashMap<>(task.task().input());
        input.keySet().removeAll(judged);
        secretIn(task, input)
                .ifPresent(refused -> {
                    refusals.audit(
                            LITERAL_SECRET, refused.where(), task.task().type(), caller, client);
                    throw refused;
                });
        refusalOf(MANAGER, task, input)
                .ifPresent(refusal -> {
                    InvalidInput said = task.located(refusal.asInput(), "").withoutExample();
                    refusals.audit(
                            refusal.refused().id(),
                            said.where(),
                            task.task().type(),
                            caller,
                            client);
                    throw said;
                });
    }

    private Optional<Refusal> refusalOf(
            String agent, TaskDocument task, Map<String, Object> input) {
        String request = task.task().request();
        Optional<Refusal> asked =
                request == null ? Optional.empty() : conduct.inRequest(agent, request);
        return asked.or(() -> conduct.inInput(agent, input));
    }

    private static Optional<InvalidInput> secretIn(TaskDocument task, Map<String, Object> input) {
        List<Secret> inInput = SecretDetector.inTree(input);
        if (!inInput.isEmpty()) {
            Secret first = inInput.getFirst();
            return Optional.of(
                    new InvalidInput(
                            task.at() + "/input" + first.pointer(),
                            "this looks like a literal secret (" + first.kind() + ")",
                            MEND));
        }
        String request = task.task().request();
        return request == null || !tellsSecret(request)
                ? Optional.empty()
                : Optional.of(
                        new InvalidInput(
                                task.at() + "/request",
                                "the request holds a literal secret",
                                MEND));
    }

    private static boolean tellsSecret(String sentence) {
        return !SecretDetector.find(sentence).isEmpty() || SpokenPassword.in(sentence);
    }

    /// A secret in a submitted file, or in the words about it, would be kept for ever: it is
    /// refused with its place, and so is a script that does what no agent does.
    ///
    /// @throws InvalidInput with the file and line, the reason and the way that is open
    void admit(Submission submission, Principal caller, String client) {
        admit(submission.artifacts(), caller, client);
        for (int claim = 0; claim < submission.claims().size(); claim++) {
            if (tellsSecret(submission.claims().get(claim))) {
                String where = "/claims/" + claim;
                refusals.audit(LITERAL_SECRET, where, null, caller, client);
                throw new InvalidInput(where, "the claim holds a literal secret", MEND);
            }
        }
    }

    private void admit(Artifacts artifacts, Principal caller, String client) {
        for (Artifact file : artifacts) {
            String name = file.name().value();
            List<Secret> found = SecretDetector.inFile(name, file.text());
            if (!found.isEmpty()) {
                Secret first = found.getFirst();
                String where = name + ":" + first.line() + ":" + first.column();
                refusals.audit(LITERAL_SECRET, where, null, caller, client);
                throw new InvalidInput(
                        where, "this looks like a literal secret (" + first.kind() + ")", MEND);
            }
            conduct.inFile(MANAGER, name, file.text())
                    .ifPresent(refusal -> {
                        refusals.audit(
                                refusal.refused().id(), refusal.where(), null, caller, client);
                        throw refusal.asInput();
                    });
        }
    }
}
