package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.Settings.Group;
import dev.devopspack.specialist.cicd.Settings.Kind;
import dev.devopspack.specialist.cicd.Settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Says of a pipeline what was written, what was assumed and what is left to do, in words.
final class Explanation {

    private final Pipeline pipeline;
    private final List<Group> settings;

    Explanation(Pipeline pipeline, List<Group> settings) {
        this.pipeline = pipeline;
        this.settings = settings;
    }

    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Pipeline of a "
                        + Choices.lower(pipeline.type())
                        + " project on GitHub Actions: "
                        + pipeline.stages().stream()
                                .map(Choices::lower)
                                .collect(Collectors.joining(", "))
                        + ".");
        if (pipeline.has(Stage.BUILD)) {
            lines.add(
                    pipeline.type().buildsImages()
                            ? "Builds once: "
                                    + componentNames()
                                    + ", kept in "
                                    + Choices.lower(pipeline.registry())
                                    + " and used by digest."
                            : "Plans once for each environment; the plan that was made is the one"
                                    + " that is applied.");
        }
        if (pipeline.has(Stage.DEPLOY)) {
            lines.add(
                    "Deploys to "
                            + pipeline.targets().stream()
                                    .map(this::target)
                                    .collect(Collectors.joining(", then "))
                            + (pipeline.type().buildsImages()
                                    ? " on "
                                            + Choices.lower(pipeline.deployTo())
                                            + "; a deployment that fails is undone."
                                    : "."));
        }
        return lines;
    }

    private String target(Target target) {
        if (target.production()) {
            return target.name() + " (after an approval)";
        }
        return target.name()
                + (pipeline.type().buildsImages() ? "" : " (when the gates have passed)");
    }

    private String componentNames() {
        return pipeline.components().stream()
                .map(Component::name)
                .collect(Collectors.joining(", "));
    }

    List<String> claims() {
        List<String> claims = new ArrayList<>();
        if (!pipeline.assumed().isEmpty()) {
            claims.add(
                    "Not given, so these defaults hold: "
                            + String.join("; ", pipeline.assumed())
                            + ".");
        }
        claims.add(expected());
        claims.add(
                "The workflow was not run: whether the project's own tasks succeed is not known.");
        if (!pipeline.has(Stage.DEPLOY)) {
            claims.add(
                    "It deploys nowhere, so it counts as a change to "
                            + PipelineGeneration.NOWHERE
                            + " unless the task names an environment.");
            return claims;
        }
        if (!pipeline.type().buildsImages()) {
            claims.add(
                    "There is no automatic rollback: undoing infrastructure can destroy data. Revert"
                            + " the commit; its plan is approved like any other.");
            claims.add("Each root module is self-contained: DevOps Pack judges its folder alone.");
            return claims;
        }
        claims.add(
                "The automatic return to what ran before needs no approval of its own: release.json,"
                        + " which is approved, says that it happens.");
        if (pipeline.attestations()) {
            claims.add(
                    "GitHub keeps attestations of private repositories on the Enterprise Cloud plan"
                            + " only; elsewhere set attestations: false, and BuildKit's unsigned"
                            + " provenance and SBOM go to the registry.");
        }
        return claims;
    }

    private String expected() {
        return switch (pipeline.type()) {
            case TYPESCRIPT_FULLSTACK ->
                    "Expected: "
                            + Objects.requireNonNull(pipeline.manager()).lockFile()
                            + (pipeline.manager() == PackageManager.NPM
                                    ? ""
                                    : " and packageManager in package.json")
                            + " at the top, the scripts "
                            + pipeline.lintTask()
                            + " and "
                            + pipeline.testTask()
                            + " in "
                            + folders("package.json")
                            + dockerfiles();
            case JAVA_MAVEN -> "Expected: mvnw at the top" + dockerfiles();
            case PYTHON ->
                    pipeline.manager() == PackageManager.UV
                            ? "Expected: uv.lock at the top, with ruff and pytest" + dockerfiles()
                            : "Expected: requirements.txt and requirements-dev.txt with hashes, with"
                                    + " ruff and pytest"
                                    + dockerfiles();
            case GO -> "Expected: go.mod and go.sum at the top" + dockerfiles();
            case DOCKER_IMAGE ->
                    "Expected: a target "
                            + pipeline.testTask()
                            + " in the Dockerfile"
                            + dockerfiles();
            case TERRAFORM ->
                    "Expected: a root module with .terraform.lock.hcl in "
                            + pipeline.targets().stream()
                                    .map(target -> pipeline.directory() + "/" + target.name())
                                    .collect(Collectors.joining(", "))
                            + ", its backend in ENVIRONMENT.*.tfbackend where it is not complete, and"
                            + " tests that need no cloud.";
        };
    }

    private String folders(String file) {
        return pipeline.components().stream()
                .map(component ->
                        component.folder().equals(".") ? file : component.folder() + "/" + file)
                .collect(Collectors.joining(", "));
    }

    private String dockerfiles() {
        return pipeline.has(Stage.BUILD)
                ? ", and "
                        + pipeline.components().stream()
                                .map(Component::dockerfile)
                                .collect(Collectors.joining(", "))
                        + "."
                : ".";
    }

    List<String> next() {
        List<String> steps = new ArrayList<>();
        steps.add("Commit the files at the top of the repository, on a branch of their own.");
        List<String> environments =
                settings.stream()
                        .flatMap(group -> group.environments().stream())
                        .distinct()
                        .toList();
        if (!environments.isEmpty()) {
            steps.add(
                    "Make the GitHub environments "
                            + String.join(", ", environments)
                            + ", and let only the branch "
                            + pipeline.branch()
                            + " use them.");
        }
        for (Group group : settings) {
            String where = "in " + group.place() + ": ";
            addNames(steps, "Set the variables " + where, group.of(Kind.VARIABLE));
            addNames(steps, "Set the secrets " + where, group.of(Kind.SECRET));
        }
        if (pipeline.has(Stage.DEPLOY)) {
            steps.add(
                    "Let each cloud role trust the subject"
                            + " repo:OWNER/REPOSITORY:environment:ENVIRONMENT alone"
                            + (pipeline.type().buildsImages() && pipeline.registry().cloud() != null
                                    ? ", and the one for building"
                                            + " repo:OWNER/REPOSITORY:ref:refs/heads/"
                                            + pipeline.branch()
                                    : "")
                            + ".");
        }
        if (pipeline.asks()) {
            steps.add(
                    "Let an admin of DevOps Pack make both tokens. The person behind the asking token"
                            + " cannot approve what it asks for.");
        }
        if (pipeline.has(Stage.DEPLOY) && pipeline.type().buildsImages()) {
            if (pipeline.registry() == Registry.GHCR) {
                steps.add(
                        "Give "
                                + Choices.lower(pipeline.deployTo())
                                + " what it needs to pull from ghcr.io, a secret with read:packages:"
                                + " what GitHub keeps of a private repository is private.");
            }
            steps.add(
                    "Create what runs "
                            + componentNames()
                            + " once in each environment, under these names: the pipeline changes"
                            + " images only.");
        }
        steps.add(
                "Protect the branch "
                        + pipeline.branch()
                        + " and require the pipeline's checks; let Dependabot raise the actions.");
        return steps;
    }

    private static void addNames(List<String> steps, String what, List<Setting> settings) {
        if (!settings.isEmpty()) {
            steps.add(
                    settings.stream()
                            .map(setting -> setting.name() + " (" + setting.meaning() + ")")
                            .collect(Collectors.joining("; ", what, ".")));
        }
    }
}
