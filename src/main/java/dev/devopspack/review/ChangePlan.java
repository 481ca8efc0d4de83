package dev.devopspack.review;

import dev.devopspack.change.Digest;
import dev.devopspack.change.GivenPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What would change, wherever that is known from.
///
/// @param changes the gravest action first, then by address; without those that stay as they are
/// @param unchanged how many resources stay as they are
/// @param notCompared how many resources the files declare of which nothing is known here: they are
///   in no other number, and a note says where they stand
/// @param drift what was changed outside of Terraform since the state was written, as the plan says
/// @param notes what a reader must know of where this comes from, one sentence each
public record ChangePlan(
        Source source,
        List<ResourceChange> changes,
        int unchanged,
        int notCompared,
        List<OutputChange> outputs,
        List<ResourceChange> drift,
        List<String> notes) {

    /// Where the facts come from.
    public enum Source {
        GIVEN_DERIVED("given-derived", "the given plan file, read by this server"),
        GIVEN_AS_SUBMITTED(
                "given-as-submitted", "the plan JSON as submitted: not derived from a plan file"),
        DIFFERENCE("difference", "the difference to the last released change set of this stack"),
        FIRST_RELEASE("first-release", "first release of this stack: there is nothing to compare");

        private final String label;
        private final String sentence;

        Source(String label, String sentence) {
            this.label = label;
            this.sentence = sentence;
        }

        public String label() {
            return label;
        }

        public String sentence() {
            return sentence;
        }
    }

    /// How many resources would be created and so on; data sources that are read do not count.
    public record Counts(
            int create,
            int update,
            int replace,
            int destroy,
            int forget,
            int moved,
            int imported,
            int notCompared) {

        /// For example `3 to create, 1 to update, 0 to replace, 2 to destroy`; before it, where
        /// that is not all, for example `NOT ALL COMPARED, 660 resources left out: `.
        public String text() {
            StringBuilder out = new StringBuilder();
            if (notCompared > 0) {
                out.append("NOT ALL COMPARED, ")
                        .append(notCompared)
                        .append(notCompared == 1 ? " resource" : " resources")
                        .append(" left out: ");
            }
            out.append(create).append(" to create, ");
            out.append(update).append(" to update, ");
            out.append(replace).append(" to replace, ");
            out.append(destroy).append(" to destroy");
            append(out, forget, "to forget");
            append(out, moved, "moved");
            append(out, imported, "imported");
            return out.toString();
        }

        private static void append(StringBuilder out, int count, String what) {
            if (count > 0) {
                out.append(", ").append(count).append(' ').append(what);
            }
        }
    }

    private static final Comparator<ResourceChange> GRAVEST_FIRST =
            Comparator.comparing(ResourceChange::action).thenComparing(ResourceChange::address);

    public ChangePlan {
        changes = changes.stream().sorted(GRAVEST_FIRST).toList();
        outputs = List.copyOf(outputs);
        drift = List.copyOf(drift);
        notes = List.copyOf(notes);
    }

    /// Reads the changes back from what is kept of a given plan.
    public static ChangePlan of(GivenPlan plan) {
        Source source =
                switch (plan.source()) {
                    case DERIVED -> Source.GIVEN_DERIVED;
                    case AS_SUBMITTED -> Source.GIVEN_AS_SUBMITTED;
                };
        return PlanJson.read(plan.maskedJson()).changes(source);
    }

    public Counts counts() {
        return new Counts(
                count(Action.CREATE),
                count(Action.UPDATE),
                count(Action.REPLACE),
                count(Action.DESTROY),
                count(Action.FORGET),
                (int) changes.stream().filter(ResourceChange::moved).count(),
                (int) changes.stream().filter(ResourceChange::importing).count(),
                notCompared);
    }

    public List<ResourceChange> with(Action action) {
        return changes.stream().filter(change -> change.action() == action).toList();
    }

    private int count(Action action) {
        return with(action).size();
    }

    /// Names this whole list, however little of it is shown: SHA-256 over [#canonical()].
    public Digest digest() {
        return Digest.of(canonical());
    }

    /// The whole list as JSON in the canonical form of `docs/formats/rendering.md`.
    public String canonical() {
        return DatumWriter.write(datum());
    }

    /// The whole list as plain values: maps, lists, strings, booleans and integers.
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        datum().members().forEach((name, value) -> document.put(name, Plain.of(value)));
        return document;
    }

    private Datum datum() {
        Map<String, Datum> document = new TreeMap<>();
        document.put("source", new Datum.Text(source.label()));
        document.put("counts", countsDocument());
        document.put("changes", documents(changes));
        document.put("unchanged", integer(unchanged));
        document.put(
                "outputs", new Datum.Items(outputs.stream().map(OutputChange::document).toList()));
        document.put("drift", documents(drift));
        List<Datum> texts = new ArrayList<>();
        notes.forEach(note -> texts.add(new Datum.Text(note)));
        document.put("notes", new Datum.Items(texts));
        return Datum.Members.of(document);
    }

    private Datum countsDocument() {
        Counts counts = counts();
        Map<String, Datum> document = new TreeMap<>();
        document.put("create", integer(counts.create()));
        document.put("update", integer(counts.update()));
        document.put("replace", integer(counts.replace()));
        document.put("destroy", integer(counts.destroy()));
        document.put("forget", integer(counts.forget()));
        document.put("moved", integer(counts.moved()));
        document.put("imported", integer(counts.imported()));
        if (counts.notCompared() > 0) {
            document.put("notCompared", integer(counts.notCompared()));
        }
        return Datum.Members.of(document);
    }

    private static Datum documents(List<ResourceChange> changes) {
        return new Datum.Items(changes.stream().map(ResourceChange::document).toList());
    }

    private static Datum integer(int value) {
        return new Datum.Number(Integer.toString(value));
    }
}
