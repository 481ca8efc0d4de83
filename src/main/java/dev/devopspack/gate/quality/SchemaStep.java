package dev.devopspack.gate.quality;

import dev.devopspack.gate.quality.TerraformFiles.Module;
import dev.devopspack.gate.quality.TerraformFiles.Placed;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.SchemaPack;
import dev.devopspack.language.schema.SchemaPacks;
import dev.devopspack.language.schema.VersionConstraint;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Every resource, data source and provider block is as its provider's schema says.
///
/// What a schema pack does not know is not wrong: a type newer than the pack, a provider without a
/// pack, or a module written for another version of the provider makes the step SKIPPED, with the
/// reason.
final class SchemaStep {
    static final String STEP = "schema";
    static final String TITLE = "Arguments exist, required ones are there, types fit";

    private static final Set<String> EVERY_PROVIDER = Set.of("alias", "version");

    /// A mistyped name differs in at most this many characters in one place.
    private static final int TYPO_LENGTH = 2;

    private final List<EvaluatedModule> evaluated;
    private final Findings findings = new Findings(STEP, TITLE);
    private final SortedSet<String> unchecked = new TreeSet<>();
    private final SortedSet<String> otherVersions = new TreeSet<>();
    private int checked;

    private SchemaStep(List<EvaluatedModule> evaluated) {

        this.evaluated = evaluated;
    }

    /// @param evaluated every root module
    static QualityStep judge(TerraformFiles files, List<EvaluatedModule> evaluated) {
        SchemaStep step =
                new SchemaStep(evaluated.stream().flatMap(EvaluatedModule::modules).toList());
        files.modules().forEach(step::module);
        return step.result();
    }

    private QualityStep result() {
        List<String> reasons = new ArrayList<>();
        if (!otherVersions.isEmpty()) {
            reasons.add("written for " + String.join(", ", otherVersions));
        }
        if (!unchecked.isEmpty()) {
            reasons.add("not known here: " + String.join(", ", unchecked));
        }
        boolean onlyOtherVersion = !otherVersions.isEmpty() && !findings.isEmpty();
        if (findings.isEmpty() ? !unchecked.isEmpty() : onlyOtherVersion) {
            return new QualityStep(
                    STEP,
                    TITLE,
                    QualityStep.Outcome.SKIPPED,
                    String.join("; ", reasons),
                    List.of());
        }
        return findings.step(checked + (checked == 1 ? " block" : " blocks"));
    }

    private void module(Module module) {
        ProviderUse use = ProviderUse.of(module);
        use.required().forEach((name, entry) -> version(entry));
        for (ParsedFile file : module.files()) {
            for (Block block : file.body().blocks()) {
                switch (block.type()) {
                    case "resource" -> resource(module, use, new Placed(file, block), false);
                    case "data" -> resource(module, use, new Placed(file, block), true);
                    case "provider" -> provider(use, new Placed(file, block));
                    case "check" ->
                            block.body()
                                    .blocks("data")
                                    .forEach(data ->
                                            resource(module, use, new Placed(file, data), true));
                    default -> {}
                }
            }
        }
    }

    private void version(ProviderUse.Required entry) {
        Optional<SchemaPack> pack = SchemaPacks.forSource(entry.source());
        Optional<VersionConstraint> constraint = entry.version().flatMap(VersionConstraint::parse);
        if (pack.isPresent()
                && constraint.isPresent()
                && !constraint.get().admits(pack.get().version())) {
            otherVersions.add(
                    entry.source()
                            + " "
                            + entry.version().orElse("")
                            + ", while the schema here is of "
                            + pack.get().version());
        }
    }

    private void resource(Module module, ProviderUse use, Placed placed, boolean data) {
        Block block = placed.block();
        if (block.labels().size() != 2) {
            findings.add(
                    placed.file(),
                    placed.span(),
                    "'" + block.type() + "' needs a type and a name",
                    "Write " + block.type() + " \"type\" \"name\" { ... }");
            return;
        }
        String type = block.labels().getFirst();
        String localName = ProviderUse.localName(block);
        if (localName.equals(ProviderUse.BUILT_IN)) {
            return;
        }
        Optional<SchemaPack> pack = SchemaPacks.forSource(use.source(localName));
        if (pack.isEmpty()) {
            unchecked.add(use.source(localName) + " has no schema pack");
            return;
        }
        Optional<BlockSchema> schema =
                data ? pack.get().dataSource(type) : pack.get().resource(type);
        if (schema.isEmpty()) {
            unknownType(placed, pack.get(), type, data);
            return;
        }
        checked++;
        String subject = (data ? "data." : "") + type + "." + block.labels().get(1);
        SchemaCheck check = new SchemaCheck(subject, placed.file().name(), findings);
        bodies(module, placed).forEach(body -> check.check(schema.get(), body));
    }

    private void unknownType(Placed placed, SchemaPack pack, String type, boolean data) {
        SortedSet<String> known = data ? pack.dataSourceTypes() : pack.resourceTypes();
        Optional<String> meant =
                Nearest.to(type, known.stream().filter(name -> mistyped(type, name)).toList(), 1)
                        .stream()
                        .findFirst();
        boolean otherKind =
                data ? pack.resource(type).isPresent() : pack.dataSource(type).isPresent();
        if (meant.isPresent()) {
            findings.add(
                    placed.file(),
                    placed.span(),
                    "'" + type + "' is not known to " + pack,
                    "Write '" + meant.get() + "'");
        } else if (otherKind) {
            findings.add(
                    placed.file(),
                    placed.span(),
                    "'"
                            + type
                            + "' is a "
                            + (data ? "resource" : "data source")
                            + " of "
                            + pack
                            + ", not a "
                            + (data ? "data source" : "resource"),
                    "Write " + (data ? "resource" : "data") + " \"" + type + "\"");
        } else {
            unchecked.add("'" + type + "' is not known to " + pack);
        }
    }

    /// What the packs do not know in a module, in words, without what was probably mistyped.
    static SortedSet<String> unknownTypes(Module module) {
        SchemaStep step = new SchemaStep(List.of());
        step.module(module);
        return step.unchecked;
    }

    /// True if two names differ in one place of a few characters.
    private static boolean mistyped(String written, String known) {
        int shorter = Math.min(written.length(), known.length());
        int start = 0;
        while (start < shorter && written.charAt(start) == known.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && written.charAt(written.length() - 1 - end)
                        == known.charAt(known.length() - 1 - end)) {
            end++;
        }
        return written.length() - start - end <= TYPO_LENGTH
                && known.length() - start - end <= TYPO_LENGTH;
    }

    /// The block once for each of its instances; as it is written if it has none.
    private List<WrittenBody> bodies(Module module, Placed placed) {
        List<WrittenBody> bodies =
                evaluated.stream()
                        .filter(candidate -> candidate.directory().equals(module.folder()))
                        .flatMap(candidate -> candidate.resources().stream())
                        .filter(resource -> isThat(resource, placed))
                        .map(resource -> WrittenBody.of(resource.body()))
                        .toList();
        return bodies.isEmpty()
                ? List.of(WrittenBody.of(placed.block().body(), EvaluatedResource.META))
                : bodies;
    }

    private static boolean isThat(EvaluatedResource resource, Placed placed) {
        return resource.file().equals(placed.file().name())
                && resource.header().equals(placed.block().header());
    }

    private void provider(ProviderUse use, Placed placed) {
        Block block = placed.block();
        String name = block.labels().isEmpty() ? "" : block.labels().getFirst();
        Optional<SchemaPack> pack = SchemaPacks.forSource(use.source(name));
        if (pack.isEmpty()) {
            unchecked.add(use.source(name) + " has no schema pack");
            return;
        }
        checked++;
        new SchemaCheck("provider." + name, placed.file().name(), findings)
                .check(pack.get().configuration(), WrittenBody.of(block.body(), EVERY_PROVIDER));
    }
}
