package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How each type of project is checked and tested: its tools, its dependencies from the lock file,
/// its own tasks.
final class Languages {

    private final Pipeline pipeline;
    private final Toolbox tools;

    Languages(Pipeline pipeline, Toolbox tools) {
        this.pipeline = pipeline;
        this.tools = tools;
    }

    List<Step> lint() {
        return switch (pipeline.type()) {
            case TYPESCRIPT_FULLSTACK -> node("Lint", pipeline.lintTask());
            case JAVA_MAVEN -> maven("Lint", pipeline.lintTask());
            case PYTHON -> python("Lint", "ruff check .");
            case GO ->
                    with(
                            go(),
                            Step.run("Check the format", GO_FORMAT),
                            Step.run("Vet", "go vet ./..."),
                            Step.run("Check the modules", "go mod verify\ngo mod tidy -diff\n"));
            case DOCKER_IMAGE ->
                    List.of(
                            tools.buildx(),
                            tools.use(
                                    "Check the Dockerfile",
                                    "docker/build-push-action",
                                    "context",
                                    ".",
                                    "call",
                                    "check"));
            case TERRAFORM ->
                    List.of(
                            terraform(),
                            Step.run("Check the format", "terraform fmt -check -recursive -diff"),
                            Step.run("Validate", eachModule("terraform validate -no-color")));
        };
    }

    List<Step> test() {
        return switch (pipeline.type()) {
            case TYPESCRIPT_FULLSTACK -> node("Test", pipeline.testTask());
            case JAVA_MAVEN -> maven("Test", pipeline.testTask());
            case PYTHON -> python("Test", "pytest");
            case GO -> with(go(), Step.run("Test", "go test -race ./..."));
            case DOCKER_IMAGE ->
                    List.of(
                            tools.buildx(),
                            tools.use(
                                    "Run the tests of the image",
                                    "docker/build-push-action",
                                    "context",
                                    ".",
                                    "target",
                                    pipeline.testTask(),
                                    "push",
                                    false));
            case TERRAFORM ->
                    List.of(terraform(), Step.run("Test", eachModule("terraform test -no-color")));
        };
    }

    private List<Step> node(String what, String task) {
        PackageManager manager = Objects.requireNonNull(pipeline.manager());
        List<Step> steps = new ArrayList<>();
        if (manager == PackageManager.PNPM) {
            steps.add(
                    tools.use("Set up pnpm", "pnpm/action-setup")
                            .comment("The version stands in package.json as packageManager."));
        }
        if (manager == PackageManager.YARN) {
            steps.add(
                    Step.run("Set up Yarn", "corepack enable")
                            .comment("The version stands in package.json as packageManager."));
        }
        steps.add(
                tools.use(
                        "Set up Node",
                        "actions/setup-node",
                        "node-version",
                        pipeline.version(),
                        "cache",
                        Choices.lower(manager),
                        "cache-dependency-path",
                        manager.lockFile()));
        steps.add(
                Step.run(
                        "Install what the lock file names",
                        switch (manager) {
                            case NPM -> "npm ci";
                            case PNPM -> "pnpm install --frozen-lockfile";
                            case YARN -> "yarn install --immutable";
                            case PIP, UV -> throw new IllegalStateException("not of Node");
                        }));
        for (Component component : pipeline.components()) {
            steps.add(
                    Step.run(what + " " + component.name(), Choices.lower(manager) + " run " + task)
                            .in(component.folder()));
        }
        return steps;
    }

    private List<Step> maven(String what, String task) {
        return List.of(
                tools.use(
                        "Set up Java",
                        "actions/setup-java",
                        "distribution",
                        "temurin",
                        "java-version",
                        pipeline.version(),
                        "cache",
                        "maven"),
                Step.run(what, "bash ./mvnw --batch-mode --no-transfer-progress " + task));
    }

    private List<Step> python(String what, String command) {
        if (pipeline.manager() == PackageManager.UV) {
            return List.of(
                    tools.use(
                            "Set up uv",
                            "astral-sh/setup-uv",
                            "version",
                            tools.version("uv"),
                            "python-version",
                            pipeline.version(),
                            "enable-cache",
                            true,
                            "cache-dependency-glob",
                            "uv.lock"),
                    Step.run("Install what the lock file names", "uv sync --locked"),
                    Step.run(what, "uv run --no-sync " + command));
        }
        return List.of(
                tools.use(
                        "Set up Python",
                        "actions/setup-python",
                        "python-version",
                        pipeline.version(),
                        "cache",
                        "pip",
                        "cache-dependency-path",
                        "requirements*.txt"),
                Step.run(
                        "Install what the lock files name",
                        """
                        python -m pip install --require-hashes \\
                          --requirement requirements.txt --requirement requirements-dev.txt
                        """),
                Step.run(what, "python -m " + command));
    }

    private static final String GO_FORMAT =
            """
            unformatted=$(gofmt -l .)
            if [ -n "$unformatted" ]; then
              echo "Run gofmt on: $unformatted"
              exit 1
            fi
            """;

    private Step go() {
        return pipeline.version().isEmpty()
                ? tools.use("Set up Go", "actions/setup-go", "go-version-file", "go.mod")
                : tools.use("Set up Go", "actions/setup-go", "go-version", pipeline.version());
    }

    Step terraform() {
        return tools.use(
                "Set up Terraform",
                "hashicorp/setup-terraform",
                "terraform_version",
                pipeline.version(),
                "terraform_wrapper",
                false);
    }

    /// In every root module, without a backend: neither needs to know what is deployed.
    private String eachModule(String command) {
        StringBuilder script = new StringBuilder("for module in");
        pipeline.targets()
                .forEach(target ->
                        script.append(' ')
                                .append(pipeline.directory())
                                .append('/')
                                .append(target.name()));
        return script.append(
                        """
                        ; do
                          echo "In $module"
                          terraform -chdir="$module" init -backend=false -input=false -no-color -lockfile=readonly
                        """)
                .append("  terraform -chdir=\"$module\" ")
                .append(command.substring("terraform ".length()))
                .append("\ndone\n")
                .toString();
    }

    private static List<Step> with(Step first, Step... others) {
        List<Step> steps = new ArrayList<>();
        steps.add(first);
        steps.addAll(List.of(others));
        return steps;
    }
}
