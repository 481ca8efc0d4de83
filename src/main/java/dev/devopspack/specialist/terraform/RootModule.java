package dev.devopspack.specialist.terraform;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.specialist.Blueprint;
import dev.devopspack.specialist.BlueprintInput;
import dev.devopspack.specialist.BlueprintInput.Target;
import dev.devopspack.specialist.BlueprintValues;
import dev.devopspack.task.Environment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One root module to be: a blueprint with the values that it is filled with.
record RootModule(Blueprint blueprint, BlueprintValues values) {

    private static final String HEADER =
            "Written from the inputs of a task. Change the inputs and ask again.";

    String name() {
        return Objects.requireNonNull(values.values().get("name")).toString();
    }

    /// The blueprint's files as they are, and the values in files of their own.
    ///
    /// @param folder empty or ending with `/`
    List<Artifact> files(String folder, Environment environment) {
        List<Artifact> files = new ArrayList<>();
        for (Artifact file : blueprint.files()) {
            files.add(Artifact.of(new ArtifactName(folder + file.name()), file.bytes()));
        }
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put(blueprint.environmentVariable(), environment.value());
        variables.putAll(filled(Target.VARIABLE));
        files.add(text(folder + environment + ".auto.tfvars", ValuesFile.of(HEADER, variables)));
        Map<String, Object> backend = filled(Target.BACKEND);
        if (!backend.isEmpty()) {
            files.add(text(folder + backendFile(environment), ValuesFile.of(HEADER, backend)));
        }
        return files;
    }

    private Map<String, Object> filled(Target target) {
        Map<String, Object> filled = new LinkedHashMap<>();
        for (BlueprintInput input : blueprint.inputs()) {
            Object value = values.values().get(input.name());
            if (input.target() == target && value != null) {
                filled.put(input.targetName(), value);
            }
        }
        return filled;
    }

    private static Artifact text(String name, String text) {
        return Artifact.of(new ArtifactName(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String backendFile(Environment environment) {
        return environment + ".s3.tfbackend";
    }

    String summary() {
        int resources = 0;
        int tests = 0;
        for (Artifact file : blueprint.files()) {
            boolean test = file.name().value().endsWith(".tftest.hcl");
            resources += count(file, "resource \"");
            tests += test ? count(file, "run \"") : 0;
        }
        return values.summary(blueprint)
                + ". "
                + resources
                + " resource blocks, "
                + tests
                + " tests against mocks.";
    }

    private static int count(Artifact file, String start) {
        return (int) file.text().lines().filter(line -> line.startsWith(start)).count();
    }

    List<String> claims() {
        List<String> claims = new ArrayList<>(values.notes(blueprint));
        List<String> assumptions = values.assumptions();
        if (!assumptions.isEmpty()) {
            claims.add(
                    "Not given, so the blueprint's defaults hold: "
                            + String.join("; ", assumptions)
                            + ".");
        }
        return claims;
    }

    /// @param folder empty or the folder's name
    List<String> nextSteps(String folder, Environment environment) {
        String terraform = folder.isEmpty() ? "terraform" : "terraform -chdir=" + folder;
        List<String> steps = new ArrayList<>();
        Map<String, Object> backend = filled(Target.BACKEND);
        if (backend.isEmpty()) {
            steps.add(terraform + " init");
        } else {
            steps.add(
                    terraform
                            + " init -backend-config="
                            + backendFile(environment)
                            + (backend.containsKey("bucket")
                                    ? ""
                                    : " -backend-config=bucket=BUCKET"));
        }
        steps.add(terraform + " plan -out=plan.tfplan");
        return steps;
    }
}
