package dev.devopspack.manager.route;

import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.specialist.InputReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which words speak for which agent, kept as data in `agents/routing.yaml`.
///
/// @param fields one an agent; an agent that is not registered is told of honestly
/// @param synonyms by the word they stand for
/// @param common words that are no misspelling of a term
/// @param denials what takes the term or the two words behind it out: `instead of terraform`; with
///   `^` where a clause begins with it
/// @param neutral words of names and choices that say nothing of the work
/// @param deliverables terms that name what is asked for
public record RoutingTerms(
        List<Field> fields,
        Map<String, List<String>> synonyms,
        List<String> common,
        List<String> denials,
        List<String> neutral,
        List<String> deliverables) {

    private static final String FILE = "/agents/routing.yaml";

    public RoutingTerms {
        fields = List.copyOf(fields);
        synonyms = Map.copyOf(synonyms);
        common = List.copyOf(common);
        denials = List.copyOf(denials);
        neutral = List.copyOf(neutral);
        deliverables = List.copyOf(deliverables);
    }

    /// The field of work of an agent.
    ///
    /// @param about what it is, in a few words for people
    /// @param terms one to three words each, with their weight of 1 to 9
    /// @param capabilities terms that speak for one of its capabilities
    /// @param instead what to do while no agent does it
    public record Field(
            String agent,
            String about,
            Map<String, Integer> terms,
            @Nullable Map<String, Map<String, Integer>> capabilities,
            @Nullable String instead) {

        public Field {
            terms = Map.copyOf(terms);
        }

        Map<String, Integer> termsOf(String capability) {
            return capabilities == null
                    ? Map.of()
                    : capabilities.getOrDefault(capability, Map.of());
        }
    }

    /// The field of an agent that may or may not be registered.
    public @Nullable Field fieldOf(String agent) {
        return fields.stream()
                .filter(field -> field.agent().equals(agent))
                .findFirst()
                .orElse(null);
    }

    public static RoutingTerms shipped() {
        return InputReader.read(RoutingTerms.class, ShippedFile.values(FILE), "");
    }
}
