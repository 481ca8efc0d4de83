package dev.devopspack.manager.route;

/// A word of the request that spoke for somebody.
///
/// @param word as it was written, in lower case
/// @param term what it was taken for; another one where a synonym or a typing mistake was read
/// @param agent for whom
/// @param weight how much it counted
public record Spoken(String word, String term, String agent, double weight) {

    /// What two say of the same term for the same agent.
    Spoken and(Spoken other) {
        return new Spoken(word, term, agent, weight + other.weight());
    }

    /// For example `'k8s' (kubernetes) spoke for devops_kubernetes`.
    public String text() {
        return "'"
                + word
                + "'"
                + (word.equals(term) ? "" : " (" + term + ")")
                + " spoke for "
                + agent;
    }
}
