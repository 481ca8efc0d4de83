package dev.devopspack.gate.quality;

import dev.devopspack.gate.quality.TerraformFiles.Placed;
import dev.devopspack.gate.quality.TerraformRun.Outcome;
import dev.devopspack.gate.quality.TerraformRun.Problem;
import dev.devopspack.gate.quality.TerraformRun.Result;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.schema.SchemaPack;
import dev.devopspack.language.schema.SchemaPacks;
import dev.devopspack.language.schema.VersionConstraint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Terraform's own steps, over every root module of a change set.
final class TerraformSteps {
    /// Each root module takes seconds; a change set with more of them is submitted in parts.
    private static final int MAX_ROOTS = 5;

    static final Set<TerraformCommand> COMMANDS =
            EnumSet.of(
                    TerraformCommand.FMT,
                    TerraformCommand.INIT,
                    TerraformCommand.VALIDATE,
                    TerraformCommand.PLAN,
                    TerraformCommand.SHOW);

    private final TerraformFiles files;
    private final boolean ownBlueprint;
    private final TerraformRunner runner;
    private final TerraformRunner.Progress progress;
    private final Map<TerraformCommand, List<String>> skips = new EnumMap<>(TerraformCommand.class);
    private final Map<TerraformCommand, Findings> findings = new EnumMap<>(TerraformCommand.class);
    private final SortedSet<String> markings = new TreeSet<>();
    private Optional<String> plannedJson = Optional.empty();

    TerraformSteps(
            TerraformFiles files,
            boolean ownBlueprint,
            TerraformRunner runner,
            TerraformRunner.Progress progress) {
        this.files = files;
        this.ownBlueprint = ownBlueprint;
        this.runner = runner;
        this.progress = progress;
        for (TerraformCommand command : COMMANDS) {
            skips.put(command, new ArrayList<>());
            findings.put(command, new Findings(command.step(), command.title()));
        }
    }

    /// @param evaluated the root modules
    QualityResult run(List<EvaluatedModule> evaluated) {
        SortedSet<String> roots = files.roots();
        if (roots.size() > MAX_ROOTS) {
            skipAll(
                    "There are "
                            + roots.size()
                            + " root modules, more than "
                            + MAX_ROOTS
                            + ". Submit them in parts");
        } else {
            for (String root : roots) {
                root(
                        root,
                        evaluated.stream()
                                .filter(module -> module.directory().equals(root))
                                .findFirst());
            }
        }
        List<QualityStep> steps = COMMANDS.stream().map(this::step).toList();
        return new QualityResult(steps, plannedJson, String.join("; ", markings));
    }

    private void root(String root, Optional<EvaluatedModule> evaluated) {
        switch (ForeignFileCheck.clearance(files, root, ownBlueprint)) {
            case Clearance.Refused refused ->
                    skipAll(
                            "Refused before terraform was started: "
                                    + count(refused.findings().size())
                                    + " of '"
                                    + ForeignFileCheck.STEP
                                    + "'");
            case Clearance.NotServed notServed -> skipAll(notServed.why());
            case Clearance.Cleared cleared -> run(cleared.module(), root, evaluated);
        }
    }

    private static String count(int number) {
        return number == 1 ? "1 finding" : number + " findings";
    }

    private void run(ClearedModule module, String root, Optional<EvaluatedModule> evaluated) {
        Optional<String> unfit = terraformUnfit(root);
        if (unfit.isPresent()) {
            skipAll(unfit.get());
            return;
        }
        Set<TerraformCommand> commands = EnumSet.copyOf(COMMANDS);
        List<String> withoutValue =
                evaluated.map(found -> variablesWithoutValue(found, root)).orElse(List.of());
        if (!withoutValue.isEmpty()) {
            commands.removeAll(Set.of(TerraformCommand.PLAN, TerraformCommand.SHOW));
            String reason =
                    "No value for "
                            + String.join(", ", withoutValue)
                            + ". Submit them in terraform.tfvars or a .auto.tfvars file";
            skip(TerraformCommand.PLAN, reason);
            skip(TerraformCommand.SHOW, reason);
        }
        TerraformRun run = runner.run(module, commands, progress);
        markings.add(run.marking());
        plannedJson = plannedJson.isPresent() ? plannedJson : run.plannedJson();
        Optional<String> doubt = doubt(root);
        run.results().forEach(result -> note(result, doubt));
    }

    private void note(Result result, Optional<String> doubt) {
        switch (result.outcome()) {
            case Outcome.Passed _ -> {}
            case Outcome.Skipped(String reason) -> skip(result.command(), reason);
            case Outcome.Failed(List<Problem> problems) -> {
                if (doubt.isPresent() && result.command() != TerraformCommand.FMT) {
                    skip(result.command(), doubt.get() + ": " + problems.getFirst().message());
                } else {
                    problems.forEach(problem -> note(result.command(), problem));
                }
            }
        }
    }

    private void note(TerraformCommand command, Problem problem) {
        String mend =
                command == TerraformCommand.FMT ? "Run terraform fmt" : "Mend it as terraform says";
        Findings of = findings.get(command);
        if (of != null) {
            of.add(problem.file(), problem.line(), problem.column(), problem.message(), mend);
        }
    }

    /// A module that asks for another terraform than the one here cannot be judged by it.
    private Optional<String> terraformUnfit(String root) {
        if (!(runner.availability() instanceof TerraformRunner.Availability.Present present)) {
            return Optional.empty();
        }
        return files.reachable(root).stream()
                .flatMap(module -> module.blocks("terraform").stream())
                .map(Placed::block)
                .flatMap(block -> block.body().attribute("required_version").stream())
                .flatMap(attribute -> ProviderUse.text(attribute.value()).stream())
                .filter(text ->
                        VersionConstraint.parse(text)
                                .filter(constraint -> !constraint.admits(present.version()))
                                .isPresent())
                .findFirst()
                .map(text ->
                        "The module asks for terraform " + text + ", here is " + present.version());
    }

    /// Why an error of terraform may be the schema's and not the module's.
    private Optional<String> doubt(String root) {
        return files.reachable(root).stream()
                .flatMap(module -> ProviderUse.of(module).required().values().stream())
                .flatMap(entry -> doubt(entry).stream())
                .findFirst()
                .or(() -> unknownType(root));
    }

    private static Optional<String> doubt(ProviderUse.Required entry) {
        Optional<SchemaPack> pack = SchemaPacks.forSource(entry.source());
        return entry.version()
                .filter(text -> pack.isPresent())
                .filter(text ->
                        VersionConstraint.parse(text)
                                .filter(constraint ->
                                        !constraint.admits(pack.orElseThrow().version()))
                                .isPresent())
                .map(text ->
                        "Written for "
                                + entry.source()
                                + " "
                                + text
                                + ", while the schema here is of "
                                + pack.orElseThrow().version());
    }

    private Optional<String> unknownType(String root) {
        return files.reachable(root).stream()
                .flatMap(module -> SchemaStep.unknownTypes(module).stream())
                .findFirst();
    }

    private List<String> variablesWithoutValue(EvaluatedModule module, String root) {
        boolean jsonValues =
                files.artifacts().list().stream()
                        .map(artifact -> artifact.name().value())
                        .filter(name -> TerraformFiles.folderOf(name).equals(root))
                        .anyMatch(name ->
                                name.endsWith(".auto.tfvars.json")
                                        || name.endsWith("terraform.tfvars.json"));
        if (jsonValues) {
            return List.of();
        }
        return module.variables().stream()
                .filter(variable ->
                        !variable.given() && variable.block().body().attribute("default").isEmpty())
                .map(EvaluatedModule.Variable::name)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private void skipAll(String reason) {
        COMMANDS.forEach(command -> skip(command, reason));
    }

    private void skip(TerraformCommand command, String reason) {
        List<String> reasons = skips.get(command);
        if (reasons != null && !reasons.contains(reason)) {
            reasons.add(reason);
        }
    }

    private QualityStep step(TerraformCommand command) {
        Findings found = findings.get(command);
        List<String> reasons = skips.get(command);
        if (found == null || reasons == null) {
            throw new IllegalStateException(command + " is not one of " + COMMANDS);
        }
        if (found.isEmpty() && !reasons.isEmpty()) {
            return new QualityStep(
                    command.step(),
                    command.title(),
                    QualityStep.Outcome.SKIPPED,
                    String.join("; ", reasons),
                    List.of());
        }
        return found.step(String.join("; ", markings));
    }
}
