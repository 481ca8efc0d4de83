package dev.devopspack.policy.workflow;

import dev.devopspack.language.Span;
import dev.devopspack.language.workflow.ActionReference;
import dev.devopspack.policy.subject.Subject;
import java.util.Locale;
import java.util.Set;

/// The subjects that are about what `uses` names.
final class ActionParts {

    private static final Set<String> OF_GITHUB = Set.of("actions", "github");

    private ActionParts() {}

    static Subject call(ActionReference uses, Span around, String file, String address) {
        return reference(uses, around, file, address, true);
    }

    static Subject action(ActionReference uses, Span around, String file, String address) {
        return reference(uses, around, file, address, false);
    }

    /// @param around the step or job that uses it, in which comments about it may stand
    private static Subject reference(
            ActionReference uses, Span around, String file, String address, boolean isCall) {
        boolean isRemote = uses.kind() == ActionReference.Kind.REPOSITORY;
        Draft draft =
                new Draft("github/Action", address, file, around, around.endLine())
                        .put("text", uses.text())
                        .put("source", uses.kind().name().toLowerCase(Locale.ROOT))
                        .put("name", uses.name())
                        .put("repository", uses.repository())
                        .put("owner", uses.owner())
                        .put("ref", uses.ref())
                        .put("pinned", uses.isPinned())
                        .put("version", uses.version())
                        .put("ofGithub", isRemote && OF_GITHUB.contains(uses.owner()))
                        .put("isWorkflow", isCall)
                        .put("commented", uses.comment().isPresent())
                        .put("winding", isWinding(uses))
                        .put("archived", isRemote && KnownActions.isArchived(uses));
        if (isRemote) {
            draft.put("resembles", KnownActions.resembles(uses))
                    .put("alternative", KnownActions.alternative(uses))
                    .put("advisory", KnownActions.advisory(uses));
        }
        return draft.allAt(uses.span())
                .at(uses.span(), "ref", "version", "resembles", "alternative", "advisory")
                .subject(false);
    }

    /// Whether the path takes a way that hides where it goes.
    private static boolean isWinding(ActionReference uses) {
        String path =
                switch (uses.kind()) {
                    case LOCAL -> uses.text().replaceFirst("^(\\./|(\\.\\./)+)", "");
                    case REPOSITORY, UNREADABLE -> uses.name();
                    case SELF, IMAGE -> "";
                };
        return path.contains("//")
                || path.contains("/./")
                || path.contains("/../")
                || path.startsWith("./")
                || path.startsWith("../")
                || path.endsWith("/.")
                || path.endsWith("/..")
                || (path.endsWith("/") && uses.kind() != ActionReference.Kind.LOCAL);
    }
}
