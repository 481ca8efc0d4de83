package dev.devopspack.manager;

import dev.devopspack.manager.draft.Draft;
import dev.devopspack.specialist.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What is said beside a proposal of how it came about: where plain language led, and what a model
/// wrote.
final class Provenance {

    private Provenance() {}

    static List<String> summary(
            Outcome.Proposal proposal, Destination.Found found, Inputs.Filled filled) {
        List<String> summary = new ArrayList<>();
        found.by().map(Routes::explained).ifPresent(summary::add);
        writtenBy(filled)
                .map(written ->
                        "The language model "
                                + written.model()
                                + " wrote the input"
                                + (written.rounds() == 1
                                        ? "."
                                        : ", in " + written.rounds() + " rounds."))
                .ifPresent(summary::add);
        summary.addAll(proposal.summary());
        return summary;
    }

    /// The agent's claims, and that a model wrote the input: an approver compares it with the
    /// words.
    static List<String> claims(Outcome.Proposal proposal, Order order, Inputs.Filled filled) {
        List<String> claims = new ArrayList<>();
        writtenBy(filled)
                .map(written ->
                        Inputs.claim(
                                written,
                                Objects.requireNonNull(
                                        order.task().task().request(), "a model reads a request")))
                .ifPresent(claims::add);
        claims.addAll(proposal.claims());
        return claims;
    }

    static Optional<Draft.Written> writtenBy(Inputs.Filled filled) {
        return switch (filled) {
            case Inputs.Filled.Ready ready -> ready.writtenBy();
            case Inputs.Filled.Required _ -> Optional.empty();
        };
    }
}
