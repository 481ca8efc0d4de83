package dev.devopspack.manager.conduct;

import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.specialist.InputReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What each agent may and may not do, as it stands in `agents/policy.yaml`.
///
/// @param agents one row an agent
/// @param refusals what is refused, in the order in which it is looked for
/// @param guards words that turn what follows in their clause into something harmless: `never`,
///   `detect`, `prevent`
/// @param denials those that do so between what is done and what it is done to
/// @param questions words that do so where the clause begins with them: `explain`, `why`
/// @param concepts what frames name, with the ways to say it
/// @param commandKeys inputs whose texts are run, or name files that are kept
public record PolicyTable(
        List<Row> agents,
        List<Refused> refusals,
        List<String> guards,
        List<String> denials,
        List<String> questions,
        Map<String, List<String>> concepts,
        List<String> commandKeys) {

    private static final String FILE = "/agents/policy.yaml";

    /// @param may what it does, a line each
    /// @param mayNot ids of what is refused
    public record Row(String agent, List<String> may, List<String> mayNot) {

        public Row {
            may = List.copyOf(may);
            mayNot = List.copyOf(mayNot);
        }
    }

    /// Something that no agent does.
    ///
    /// @param id for the audit, for example `apply-to-production`
    /// @param title what it is, as it begins a sentence
    /// @param instead the way that is open
    /// @param asks phrases of plain language that ask for it
    /// @param frames concepts that ask for it where a clause says them all
    /// @param unless phrases that make a sentence harmless
    /// @param neverExcused phrases that take such an excuse away
    /// @param commands RE2 patterns of it in commands and scripts
    /// @param except texts that make a line harmless
    /// @param settings names of inputs, with the value that asks for it
    /// @param files RE2 patterns of names of files, below any folder
    public record Refused(
            String id,
            String title,
            String why,
            String instead,
            @Nullable List<String> asks,
            @Nullable List<String> frames,
            @Nullable List<String> unless,
            @Nullable List<String> neverExcused,
            @Nullable List<String> commands,
            @Nullable List<String> except,
            @Nullable Map<String, String> settings,
            @Nullable List<String> files) {

        public Refused {
            if (!why.endsWith(".") || !instead.endsWith(".")) {
                throw new IllegalArgumentException(id + " is not explained in sentences");
            }
        }
    }

    public PolicyTable {
        agents = List.copyOf(agents);
        refusals = List.copyOf(refusals);
        guards = List.copyOf(guards);
        denials = List.copyOf(denials);
        questions = List.copyOf(questions);
        concepts = Map.copyOf(concepts);
        commandKeys = List.copyOf(commandKeys);
        List<String> ids = refusals.stream().map(Refused::id).toList();
        for (Row row : agents) {
            if (!ids.containsAll(row.mayNot())) {
                throw new IllegalArgumentException(row.agent() + " may not what nothing describes");
            }
        }
    }

    public static PolicyTable shipped() {
        return InputReader.read(PolicyTable.class, ShippedFile.values(FILE), "");
    }

    /// Whether the agent may not do it; one that the table does not name may do none of it.
    boolean forbids(String agent, Refused refused) {
        return agents.stream()
                .filter(row -> row.agent().equals(agent))
                .findFirst()
                .map(row -> row.mayNot().contains(refused.id()))
                .orElse(true);
    }
}
