package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifacts;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The steps of `gate.quality.terraform`: ours always, terraform's where it is present and the
/// files were cleared for it.
public final class TerraformQuality {
    /// Each root module is evaluated with all that it calls; a change set with more of them is
    /// submitted in parts.
    private static final int MAX_ROOTS = 50;

    private final TerraformRunner runner;

    public TerraformQuality(TerraformRunner runner) {
        this.runner = runner;
    }

    /// True if there is Terraform configuration to judge.
    public static boolean applies(Artifacts artifacts) {
        return artifacts.list().stream()
                .map(artifact -> artifact.name().value())
                .anyMatch(name ->
                        name.endsWith(".tf")
                                || name.endsWith(".tf.json")
                                || name.endsWith(".tofu")
                                || name.endsWith(".tofu.json"));
    }

    /// Runs every step.
    ///
    /// @param ownBlueprint true if a blueprint of ours wrote the files
    public QualityResult judge(
            Artifacts artifacts, boolean ownBlueprint, TerraformRunner.Progress progress) {
        progress.report("reading the module");
        TerraformFiles files = TerraformFiles.of(artifacts);
        List<EvaluatedModule> evaluated = evaluated(files);
        List<QualityStep> steps = new ArrayList<>();
        steps.add(parse(files));
        steps.add(FormatStep.judge(files));
        steps.add(references(files, evaluated));
        progress.report("comparing with the schemas of the providers");
        steps.add(SchemaStep.judge(files, evaluated));
        steps.add(VersionStep.judge(files));
        steps.add(
                ForeignFileCheck.refusals(files)
                        .step("nothing acts, nothing is read from outside"));
        QualityResult terraform =
                new TerraformSteps(files, ownBlueprint, runner, progress).run(evaluated);
        steps.addAll(terraform.steps());
        return new QualityResult(steps, terraform.plannedJson(), terraform.marking());
    }

    private static QualityStep parse(TerraformFiles files) {
        Findings findings = new Findings("parse", "Every file can be read");
        for (ParsedFile file : files.all()) {
            file.diagnostics().forEach(findings::add);
        }
        files.artifacts().list().stream()
                .map(artifact -> artifact.name().value())
                .filter(name ->
                        name.endsWith(".tf.json")
                                || name.endsWith(".tofu")
                                || name.endsWith(".tofu.json"))
                .forEach(name ->
                        findings.add(
                                name,
                                0,
                                0,
                                "'" + TerraformFiles.lastPart(name) + "' is not read here",
                                "Write it as a .tf file"));
        int count = files.all().size();
        return findings.step(count + (count == 1 ? " file" : " files"));
    }

    private static QualityStep references(TerraformFiles files, List<EvaluatedModule> evaluated) {
        String step = "references";
        String title = "Every reference leads to something that is declared";
        if (files.roots().size() > MAX_ROOTS) {
            String reason =
                    "There are more than " + MAX_ROOTS + " root modules. Submit them in parts";
            return new QualityStep(step, title, QualityStep.Outcome.SKIPPED, reason, List.of());
        }
        Findings findings = new Findings(step, title);
        evaluated.stream()
                .flatMap(module -> module.allDiagnostics().stream())
                .forEach(findings::add);
        return findings.step("every expression was followed");
    }

    private static List<EvaluatedModule> evaluated(TerraformFiles files) {
        if (files.roots().size() > MAX_ROOTS) {
            return List.of();
        }
        Map<String, ParsedFile> configuration = new HashMap<>();
        files.all().forEach(file -> configuration.put(file.name(), file));
        Map<String, String> texts = new HashMap<>();
        files.artifacts()
                .forEach(artifact -> {
                    if (!configuration.containsKey(artifact.name().value())) {
                        texts.put(artifact.name().value(), artifact.text());
                    }
                });
        ModuleFiles module = new ModuleFiles(configuration, texts);
        return files.roots().stream()
                .map(root -> ModuleEvaluator.evaluate(module, root, Map.of()))
                .toList();
    }
}
