package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.CloudAccess.Role;
import dev.devopspack.specialist.cicd.workflow.Job;
import dev.devopspack.specialist.cicd.workflow.JobId;
import dev.devopspack.specialist.cicd.workflow.Permissions;
import dev.devopspack.specialist.cicd.workflow.Permissions.Level;
import dev.devopspack.specialist.cicd.workflow.Permissions.Scope;
import dev.devopspack.specialist.cicd.workflow.Step;
import dev.devopspack.specialist.cicd.workflow.Value;
import java.util.ArrayList;
import java.util.List;

/// Builds the images: to try a pull request, and once for all environments.
final class ImageJobs {

    static final String BUILD = "build";

    private static final String NAMES = "names";
    private static final String BUILT = "built";

    private final Pipeline pipeline;
    private final Toolbox tools;
    private final CloudAccess access;
    private final Settings settings;

    ImageJobs(Pipeline pipeline, Toolbox tools, CloudAccess access, Settings settings) {
        this.pipeline = pipeline;
        this.tools = tools;
        this.access = access;
        this.settings = settings;
    }

    /// A pull request's images are built and thrown away: its job can push nothing.
    Job tried(List<JobId> needs) {
        List<Step> steps = new ArrayList<>(List.of(tools.checkout(), tools.buildx()));
        for (Component component : pipeline.components()) {
            steps.add(
                    tools.use(
                            "Build " + component.name(),
                            "docker/build-push-action",
                            "context",
                            ".",
                            "file",
                            component.dockerfile(),
                            "push",
                            false));
        }
        return Job.of("try-build", "Try the build")
                .needs(needs)
                .when("github.event_name == 'pull_request'")
                .permissions(Permissions.READ_FILES)
                .minutes(30)
                .steps(steps)
                .build();
    }

    Job built(List<JobId> needs) {
        List<Step> steps = new ArrayList<>(List.of(tools.checkout()));
        steps.addAll(access.registry(Role.BUILD, "", false));
        Value repository = repository();
        if (pipeline.registry() == Registry.GHCR) {
            steps.add(names());
        }
        steps.add(tools.buildx());
        for (Component component : pipeline.components()) {
            steps.addAll(image(component, imageName(component, repository)));
        }
        steps.add(list(repository));
        return Job.of(BUILD, "Build")
                .comment("What is built here, once, is what every environment runs.")
                .needs(needs)
                .when("github.event_name == 'push'")
                .permissions(buildPermissions())
                .minutes(45)
                .output("images", Value.stepOutput(BUILT, "images"))
                .steps(steps)
                .build();
    }

    private Permissions buildPermissions() {
        Permissions permissions = Permissions.READ_FILES;
        if (pipeline.registry() == Registry.GHCR) {
            permissions = permissions.and(Scope.PACKAGES, Level.WRITE, "pushes the images");
        }
        if (pipeline.attestations()) {
            permissions = permissions.and(Scope.ATTESTATIONS, Level.WRITE, "keeps what was signed");
        }
        return pipeline.attestations() || pipeline.registry().cloud() != null
                ? permissions.and(
                        Scope.ID_TOKEN,
                        Level.WRITE,
                        pipeline.attestations()
                                ? "signs as this workflow"
                                : "signs in to the cloud")
                : permissions;
    }

    /// GitHub's registry takes lower-case names only.
    Step names() {
        return Step.run(
                        "Name the images",
                        "echo \"repository=ghcr.io/${GITHUB_REPOSITORY,,}\" >>\"$GITHUB_OUTPUT\"")
                .id(NAMES);
    }

    /// What the images' names begin with.
    Value repository() {
        return pipeline.registry() == Registry.GHCR
                ? Value.stepOutput(NAMES, "repository")
                : settings.variable(
                        "",
                        "IMAGE_REPOSITORY",
                        "registry and name of the images, for example REGISTRY/shop");
    }

    /// A single image has the repository's name, several one below it each.
    private Value imageName(Component component, Value repository) {
        return pipeline.layout() == Layout.SINGLE
                ? repository
                : Value.joined(repository, Value.text("/" + component.name()));
    }

    private List<Step> image(Component component, Value name) {
        Value digest = Value.stepOutput(component.imageStep(), "digest");
        List<Step> steps = new ArrayList<>();
        steps.add(
                tools.use(
                                "Build and push " + component.name(),
                                "docker/build-push-action",
                                "context",
                                ".",
                                "file",
                                component.dockerfile(),
                                "push",
                                true,
                                "tags",
                                Value.joined(name, Value.text(":"), Value.expression("github.sha")),
                                "provenance",
                                pipeline.attestations() ? "false" : "mode=max",
                                "sbom",
                                !pipeline.attestations())
                        .id(component.imageStep()));
        if (pipeline.attestations()) {
            String sbom = "sbom-" + component.name() + ".spdx.json";
            steps.add(
                    tools.use(
                            "List what is in " + component.name(),
                            "anchore/sbom-action",
                            "image",
                            Value.joined(name, Value.text("@"), digest),
                            "format",
                            "spdx-json",
                            "output-file",
                            sbom,
                            "artifact-name",
                            // A run's second attempt may not use a name of its first again.
                            Value.joined(
                                    Value.text("sbom-" + component.name() + "-"),
                                    Value.expression("github.run_attempt"),
                                    Value.text(".spdx.json")),
                            "upload-release-assets",
                            false));
            steps.add(
                    tools.use(
                            "Sign where " + component.name() + " comes from",
                            "actions/attest",
                            "subject-name",
                            name,
                            "subject-digest",
                            digest));
            steps.add(
                    tools.use(
                            "Sign what is in " + component.name(),
                            "actions/attest",
                            "subject-name",
                            name,
                            "subject-digest",
                            digest,
                            "sbom-path",
                            sbom));
        }
        return steps;
    }

    /// Says which images were built, by digest, as one JSON object.
    private Step list(Value repository) {
        Step step = imagesStep("Name what was built");
        for (Component component : pipeline.components()) {
            step =
                    step.env(
                            component.variable("IMAGE"),
                            component.builtImage(imageName(component, repository)));
        }
        return step;
    }

    private Step imagesStep(String name) {
        StringBuilder script = new StringBuilder("images=$(jq --null-input --compact-output \\\n");
        for (Component component : pipeline.components()) {
            script.append("  --arg ")
                    .append(component.name())
                    .append(" \"$")
                    .append(component.variable("IMAGE"))
                    .append("\" \\\n");
        }
        script.append("  '$ARGS.named')\necho \"images=$images\" >>\"$GITHUB_OUTPUT\"\n");
        return Step.run(name, script.toString()).id(BUILT);
    }

    /// The images that a person named by their digests.
    List<Step> named() {
        List<Step> steps = new ArrayList<>();
        Value repository = repository();
        if (pipeline.registry() == Registry.GHCR) {
            steps.add(names());
        }
        StringBuilder script = new StringBuilder("for digest in");
        for (Component component : pipeline.components()) {
            script.append(" \"$").append(component.variable("DIGEST")).append('"');
        }
        script.append(
                """
                ; do
                  if ! [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
                    echo "::error::A digest is 'sha256:' and 64 hexadecimal digits."
                    exit 1
                  fi
                done
                """);
        Step check = Step.run("Check the digests", script.toString());
        Step list = imagesStep("Name the images by digest");
        for (Component component : pipeline.components()) {
            Value digest = Value.expression("inputs." + component.name());
            check = check.env(component.variable("DIGEST"), digest);
            list =
                    list.env(
                            component.variable("IMAGE"),
                            Value.joined(
                                    imageName(component, repository), Value.text("@"), digest));
        }
        steps.add(check);
        steps.add(list);
        return steps;
    }

    static Value namedImages() {
        return Value.stepOutput(BUILT, "images");
    }
}
