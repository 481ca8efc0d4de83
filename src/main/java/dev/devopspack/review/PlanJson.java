package dev.devopspack.review;

import dev.devopspack.change.Digest;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.task.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The output of `terraform show -json` of a plan.
///
/// Holds sensitive values in clear until it is [#masked()]; nothing else of it is kept or shown.
public final class PlanJson {

    /// What goes into [#semanticDigest()] before the canonical JSON.
    public static final String SEMANTIC_FORMAT = "devops-pack/plan-semantic/v1";

    /// The first number of `format_version`; a greater one may say what we would not understand.
    private static final Set<String> SUPPORTED_MAJORS = Set.of("1");

    private static final String GIVE =
            "Give the output of terraform show -json PLANFILE as it was written.";

    private final Datum root;

    private PlanJson(Datum root) {
        this.root = root;
    }

    /// @throws InvalidInput with line and column or JSON pointer, where it is no plan that we know
    public static PlanJson read(byte[] json) {
        Datum root = DatumReader.read("plan", json);
        check(root);
        PlanJson plan = new PlanJson(root);
        PlanReading.check(root);
        return plan;
    }

    /// @throws InvalidInput as [#read(byte\[\])]
    public static PlanJson read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(Datum root) {
        if (!(root instanceof Datum.Members)) {
            throw new InvalidInput("plan", "it is no JSON object", GIVE);
        }
        String version =
                root.at("format_version")
                        .text()
                        .orElseThrow(() ->
                                new InvalidInput(
                                        "plan/format_version", "the version is missing", GIVE));
        int dot = version.indexOf('.');
        String major = dot < 0 ? version : version.substring(0, dot);
        if (!SUPPORTED_MAJORS.contains(major)) {
            throw new InvalidInput(
                    "plan/format_version",
                    "the version is " + Shown.quoted(version) + "; known are 1.x",
                    "Use a Terraform or OpenTofu whose show -json writes format 1.");
        }
        require(root, "configuration", "without it a changed provisioner would not be seen");
        require(root, "planned_values", "this may be a state and no plan");
    }

    private static void require(Datum root, String name, String why) {
        if (!(root.at(name) instanceof Datum.Members)) {
            throw new InvalidInput("plan/" + name, "the object is missing: " + why, GIVE);
        }
    }

    /// The plan with every sensitive value replaced by a mark; the same for the same plan.
    ///
    /// Sensitive is what the plan marks so, what has a well-known name or type, and every other
    /// place where such a value stands. It reads as a plan again, with the same changes.
    public String masked() {
        return DatumWriter.write(maskedRoot());
    }

    /// Names what the plan would do: SHA-256 over [#SEMANTIC_FORMAT], a line feed and the canonical
    /// JSON of the whole document, configuration and values in clear, without its `timestamp`.
    public Digest semanticDigest() {
        TreeMap<String, Datum> members = new TreeMap<>(root.members());
        members.remove("timestamp");
        return Digest.of(SEMANTIC_FORMAT + "\n" + DatumWriter.write(new Datum.Members(members)));
    }

    /// @param fileDigest the SHA-256 of the exact plan file, where one was given
    public GivenPlan given(@Nullable Digest fileDigest, GivenPlan.Source source) {
        return new GivenPlan(fileDigest, semanticDigest(), source, masked());
    }

    /// What would change, with sensitive values masked.
    public ChangePlan changes(ChangePlan.Source source) {
        return new PlanReading(maskedRoot()).changes(source);
    }

    private Datum maskedRoot() {
        return PlanMask.mask(root);
    }
}
