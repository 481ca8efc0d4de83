package dev.devopspack.specialist.incident;

import java.util.List;

/// What is known of one kind of incident at the services of one task.
///
/// @param meaning what users notice and what it usually is, in a sentence or two of ours
/// @param signals which confirm it
/// @param branches the causes, in the order of their letters
/// @param parts the services in the caller's order, then what they depend on
record Playbook(
        String meaning, List<Signal> signals, List<Branch> branches, Tree tree, List<Part> parts) {

    Playbook {
        signals = List.copyOf(signals);
        branches = List.copyOf(branches);
        parts = List.copyOf(parts);
    }
}
