package dev.devopspack.web;

import dev.devopspack.approval.Approval;
import dev.devopspack.identity.ApiToken;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import dev.devopspack.manager.Manager;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way of who sets the server up, on the first page until it has been gone once.
@Singleton
class FirstSteps {

    private final People people;
    private final Tokens tokens;
    private final Manager manager;

    FirstSteps(People people, Tokens tokens, Manager manager) {
        this.people = people;
        this.tokens = tokens;
        this.manager = manager;
    }

    /// @param newest the newest requests that people were asked about
    List<Overview.Step> of(Principal admin, List<Approval> newest) {
        return of(
                !manager.list(null, 1).isEmpty(),
                newest.stream().anyMatch(approval -> !approval.decisions().isEmpty()),
                tokens.all().stream().map(ApiToken::lastUsedAt).anyMatch(used -> used != null),
                people.all().stream().anyMatch(person -> decides(person, admin.person())));
    }

    private boolean decides(Person person, @Nullable PersonId admin) {
        return person.active()
                && !person.id().equals(admin)
                && person.roles().contains(Role.APPROVER)
                && !people.passkeys(person.id()).isEmpty();
    }

    /// The same from what is known.
    ///
    /// @return nothing where all is done
    static List<Overview.Step> of(
            boolean asked, boolean decided, boolean connected, boolean shared) {
        List<Overview.Step> steps =
                List.of(
                        new Overview.Step(
                                "Send a first task",
                                "An example stands in the editor: files are written, the gates"
                                        + " judge them, and you see why.",
                                "/try",
                                asked),
                        new Overview.Step(
                                "Connect your assistant",
                                "Make a token; the page then shows what to paste into Claude Code,"
                                        + " VS Code or Cursor.",
                                "/access#issue-h",
                                connected),
                        new Overview.Step(
                                "Add somebody who decides",
                                "Nobody approves what was asked for in his own name, so there must"
                                        + " be two of you.",
                                "/access#add-h",
                                shared),
                        new Overview.Step(
                                "Decide on a change set",
                                "Read what it changes, then sign it with your passkey or deny it"
                                        + " with a reason.",
                                "/change-sets",
                                decided));
        return steps.stream().allMatch(Overview.Step::done) ? List.of() : steps;
    }
}
