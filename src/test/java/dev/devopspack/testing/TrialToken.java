package dev.devopspack.testing;

import dev.devopspack.identity.People;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Tokens;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/// Gives tests the token that a trial start prints.
@Singleton
public class TrialToken {

    private final People people;
    private final Tokens tokens;

    TrialToken(People people, Tokens tokens) {
        this.people = people;
        this.tokens = tokens;
    }

    /// A token of the trial's requester with these roles.
    public String with(Role... roles) {
        return tokens.issue(
                        Principal.SYSTEM,
                        people.trialRequester().id(),
                        "test",
                        Set.of(roles),
                        Duration.ofDays(1))
                .secret();
    }
}
