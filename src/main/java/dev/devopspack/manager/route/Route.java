package dev.devopspack.manager.route;

import java.util.List;
import java.util.Optional;

/// Where a request in plain language leads.
public sealed interface Route {

    /// The words of the request that decided, the weightiest first.
    List<Spoken> because();

    /// @param confidence above 0.5, at most 1: the share of the best in the best two
    /// @param runnerUp the next best, where anything spoke for another one
    record Chosen(
            Candidate candidate,
            double confidence,
            Optional<Candidate> runnerUp,
            List<Spoken> because)
            implements Route {
        public Chosen {
            because = List.copyOf(because);
        }
    }

    /// Two are close, or nothing was found.
    ///
    /// @param candidates what may be meant, the likeliest first; all that there are where nothing
    ///   spoke for any
    record Unsure(List<Candidate> candidates, List<Spoken> because) implements Route {
        public Unsure {
            candidates = List.copyOf(candidates);
            because = List.copyOf(because);
        }
    }

    /// It is clear what is meant, and no agent here does it.
    ///
    /// @param nearest the nearest capabilities that exist
    record NotOffered(RoutingTerms.Field field, List<Candidate> nearest, List<Spoken> because)
            implements Route {
        public NotOffered {
            nearest = List.copyOf(nearest);
            because = List.copyOf(because);
        }
    }
}
