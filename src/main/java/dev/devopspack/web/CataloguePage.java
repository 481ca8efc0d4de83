package dev.devopspack.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The catalogue: agents, gates and rules, each with an address of its own.
///
/// @param headline how many there are of each
/// @param search what was typed; empty where nothing was
/// @param rules of one page of the list
/// @param found how many rules match what was typed
/// @param moreHref the next page, where there is one
record CataloguePage(
        String headline,
        List<AgentCard> agents,
        List<GateRow> gates,
        String search,
        String found,
        List<RuleRow> rules,
        @Nullable String moreHref) {

    record AgentCard(String name, String description, List<String> capabilities) {}

    record GateRow(String id, String title, String opens) {}

    record RuleRow(String id, String title, Pill severity, String subject) {}

    /// One agent with everything that it can be asked for, or the manager before them.
    ///
    /// @param asked how it is asked
    /// @param may what it does, a line each
    /// @param refused what no agent does; on the manager's page, because it is who refuses
    record AgentPage(
            String name,
            String asked,
            String description,
            List<String> may,
            List<Ability> abilities,
            List<Refused> refused) {}

    record Refused(String id, String title, List<Piece> why, List<Piece> instead) {}

    /// A piece of a sentence.
    ///
    /// @param code whether it is something to type
    record Piece(String text, boolean code) {

        /// The pieces of a sentence in which what is to type stands between backticks.
        static List<Piece> of(String sentence) {
            List<Piece> pieces = new ArrayList<>();
            boolean code = false;
            for (String text : sentence.split("`", -1)) {
                if (!text.isEmpty()) {
                    pieces.add(new Piece(text, code));
                }
                code = !code;
            }
            return List.copyOf(pieces);
        }
    }

    /// @param target for which environments its outcome counts
    /// @param example a whole task, as it is sent
    record Ability(
            String name,
            String description,
            String target,
            List<SchemaRows.Row> inputs,
            String example,
            String tryHref) {}

    /// @param counts how the score is counted, a sentence each
    record GatePage(String id, String title, String tool, String opens, List<String> counts) {}

    /// @param aliases ids of other tools' checks for the same
    /// @param controls of frameworks
    record RulePage(
            String id,
            String title,
            Pill severity,
            int weight,
            String why,
            List<String> subjects,
            @Nullable String applies,
            String requires,
            String mend,
            @Nullable String source,
            List<Ids> controls,
            List<Ids> aliases,
            List<Example> examples) {}

    record Ids(String name, String ids) {}

    /// @param title what the rule says of it
    record Example(String title, String tone, String text, List<String> findings) {}
}
