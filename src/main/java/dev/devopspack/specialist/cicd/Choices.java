package dev.devopspack.specialist.cicd;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes every choice of a pipeline from what was given, and refuses what does not fit together.
final class Choices {

    private static final List<String> USUAL_ENVIRONMENTS = List.of("staging", "production");

    /// Environments of GitHub that the pipeline's own jobs use.
    private static final List<String> OWN_ENVIRONMENTS =
            List.of(Approval.ENVIRONMENT, TerraformJobs.ENVIRONMENT);

    /// The input of the rollback that names where; the others are named like the components.
    private static final String ROLLBACK_TO = "environment";

    private static final List<String> USUAL_COMPONENTS = List.of("frontend", "backend");

    /// Each component adds seven steps to one job; more become a workflow of their own.
    private static final int MAX_COMPONENTS = 6;

    /// Deployments go one after another: more than these are no longer one pipeline.
    private static final int MAX_ENVIRONMENTS = 6;

    private static final int USUAL_WAIT_MINUTES = 20;

    /// A run that waits holds a machine; past an hour the link serves better.
    private static final int LONGEST_WAIT_MINUTES = 60;

    private final PipelineInput input;
    private final ProjectType type;
    private final ApprovalPolicy policy;
    private final List<String> assumed = new ArrayList<>();

    private Choices(PipelineInput input, ProjectType type, ApprovalPolicy policy) {
        this.input = input;
        this.type = type;
        this.policy = policy;
    }

    static Pipeline of(PipelineInput input, ProjectType type, ApprovalPolicy policy) {
        return new Choices(input, type, policy).made();
    }

    private Pipeline made() {
        assume(input.platform(), "platform", Platform.GITHUB_ACTIONS);
        List<Stage> stages = stages();
        List<Target> targets = targets();
        PackageManager manager = manager();
        Layout layout = layout();
        List<Component> components = components(layout);
        boolean needsCloud = needsCloud(stages);
        Cloud cloud = needsCloud ? or(input.cloud(), "cloud", Cloud.AWS) : orQuiet(input.cloud());
        DeployTo deployTo = deployTo(cloud, stages);
        Registry registry = registry(cloud, stages, deployTo);
        return new Pipeline(
                type,
                stages,
                targets,
                manager,
                layout,
                components,
                cloud,
                registry,
                deployTo,
                Names.branch(
                        or(input.defaultBranch(), "default_branch", "main"),
                        "/input/default_branch"),
                version(),
                task("lint", input.tasks() == null ? null : input.tasks().lint(), lintTask()),
                task("test", input.tasks() == null ? null : input.tasks().test(), testTask()),
                directory(),
                waitMinutes(stages, targets),
                attestations(),
                assumed);
    }

    private List<Stage> stages() {
        List<Stage> given = or(input.stages(), "stages", List.of(Stage.values()));
        if (given.isEmpty()) {
            throw new InvalidInput(
                    "/input/stages",
                    "there is no stage",
                    "Name one of " + all(Stage.values()) + ".");
        }
        Set<Stage> distinct = EnumSet.copyOf(given);
        if (distinct.size() != given.size()) {
            throw new InvalidInput("/input/stages", "a stage stands twice", "Name each once.");
        }
        if (distinct.contains(Stage.DEPLOY) && !distinct.contains(Stage.BUILD)) {
            throw new InvalidInput(
                    "/input/stages",
                    "'deploy' has nothing to deploy without 'build'",
                    "Add build: what is built once is what is deployed.");
        }
        return List.copyOf(distinct);
    }

    private List<Target> targets() {
        List<String> names = or(input.environments(), "environments", USUAL_ENVIRONMENTS);
        if (names.isEmpty() || names.size() > MAX_ENVIRONMENTS) {
            throw new InvalidInput(
                    "/input/environments",
                    "there are " + names.size() + " environments",
                    "Name 1 to " + MAX_ENVIRONMENTS + ", for example [staging, production].");
        }
        List<Target> before = new ArrayList<>();
        List<Target> production = new ArrayList<>();
        Set<Environment> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String pointer = Pointer.item("/input/environments", i);
            Environment environment = environment(names.get(i), pointer);
            if (!seen.add(environment)) {
                throw new InvalidInput(
                        pointer, "'" + environment + "' stands twice", "Name each once.");
            }
            if (OWN_ENVIRONMENTS.contains(environment.value())) {
                throw new InvalidInput(
                        pointer,
                        "'" + environment + "' is an environment of the pipeline's own",
                        "Name it otherwise: its secrets are for other jobs.");
            }
            boolean gated = policy.production(environment);
            (gated ? production : before).add(new Target(environment, gated));
        }
        before.addAll(production);
        return before;
    }

    private static Environment environment(String name, String pointer) {
        try {
            return new Environment(name);
        } catch (InvalidInput e) {
            throw new InvalidInput(pointer, e.problem(), e.mend());
        }
    }

    private @Nullable PackageManager manager() {
        List<PackageManager> offered = PackageManager.of(type);
        PackageManager given = input.packageManager();
        if (given != null && !offered.contains(given)) {
            throw new InvalidInput(
                    "/input/package_manager",
                    "'" + lower(given) + "' does not manage a project of type " + lower(type),
                    offered.isEmpty()
                            ? "Leave it out."
                            : "Offered: " + all(offered.toArray(Enum[]::new)) + ".");
        }
        return offered.isEmpty() ? null : or(given, "package_manager", offered.getFirst());
    }

    private Layout layout() {
        if (type != ProjectType.TYPESCRIPT_FULLSTACK) {
            if (input.layout() == Layout.PACKAGES) {
                throw new InvalidInput(
                        "/input/layout",
                        "only typescript_fullstack has the layout 'packages'",
                        "Leave it out: the project becomes one image.");
            }
            return Layout.SINGLE;
        }
        return or(input.layout(), "layout", Layout.PACKAGES);
    }

    private List<Component> components(Layout layout) {
        List<String> given = input.components();
        if (layout == Layout.SINGLE) {
            if (given != null) {
                throw new InvalidInput(
                        "/input/components",
                        "only the layout 'packages' has components",
                        "Leave them out, or use layout: packages with typescript_fullstack.");
            }
            return type.buildsImages() ? List.of(new Component("app", ".")) : List.of();
        }
        List<String> folders = or(given, "components", USUAL_COMPONENTS);
        if (folders.isEmpty() || folders.size() > MAX_COMPONENTS) {
            throw new InvalidInput(
                    "/input/components",
                    "there are " + folders.size() + " components",
                    "Name 1 to " + MAX_COMPONENTS + ", for example [frontend, backend].");
        }
        List<Component> components = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < folders.size(); i++) {
            String pointer = Pointer.item("/input/components", i);
            String folder = Names.folder(folders.get(i), pointer);
            Component component = new Component(Names.component(folder, pointer), folder);
            if (component.name().equals(ROLLBACK_TO)) {
                throw new InvalidInput(
                        pointer,
                        "'" + component.name() + "' is what a rollback asks for besides images",
                        "Let the folder end with another name.");
            }
            if (!seen.add(component.name())) {
                throw new InvalidInput(
                        pointer,
                        "two components are named '" + component.name() + "'",
                        "Let the folders end with different names.");
            }
            components.add(component);
        }
        return components;
    }

    private boolean needsCloud(List<Stage> stages) {
        boolean plans = type == ProjectType.TERRAFORM && stages.contains(Stage.BUILD);
        boolean pushes =
                stages.contains(Stage.BUILD)
                        && input.registry() != null
                        && input.registry().cloud() != null;
        return plans || pushes || stages.contains(Stage.DEPLOY);
    }

    private static Cloud orQuiet(@Nullable Cloud given) {
        return given == null ? Cloud.AWS : given;
    }

    private Registry registry(Cloud cloud, List<Stage> stages, DeployTo deployTo) {
        boolean pushes = type.buildsImages() && stages.contains(Stage.BUILD);
        Registry usual = deployTo.takes(Registry.GHCR) ? Registry.GHCR : Registry.ARTIFACT_REGISTRY;
        Registry registry =
                pushes
                        ? or(input.registry(), "registry", usual)
                        : input.registry() == null ? usual : input.registry();
        checkCloud("registry", registry, registry.cloud(), cloud);
        if (!deployTo.takes(registry)) {
            throw new InvalidInput(
                    "/input/registry",
                    "'" + lower(deployTo) + "' runs no images of '" + lower(registry) + "'",
                    "Add `registry: " + lower(usual) + "`, or deploy to kubernetes.");
        }
        return registry;
    }

    private DeployTo deployTo(Cloud cloud, List<Stage> stages) {
        boolean runs = type.buildsImages() && stages.contains(Stage.DEPLOY);
        DeployTo deployTo =
                runs
                        ? or(input.deployTo(), "deploy_to", DeployTo.KUBERNETES)
                        : input.deployTo() == null ? DeployTo.KUBERNETES : input.deployTo();
        checkCloud("deploy_to", deployTo, deployTo.cloud(), cloud);
        return deployTo;
    }

    private static void checkCloud(String name, Enum<?> choice, @Nullable Cloud its, Cloud cloud) {
        if (its != null && its != cloud) {
            throw new InvalidInput(
                    "/input/" + name,
                    "'" + lower(choice) + "' belongs to " + lower(its) + ", not to " + lower(cloud),
                    "Add `cloud: " + lower(its) + "`, or choose another.");
        }
    }

    private String version() {
        String usual = type.usualVersion();
        if (input.runtimeVersion() == null) {
            if (!usual.isEmpty()) {
                assumed.add("runtime_version = " + usual);
            }
            return usual;
        }
        return Names.version(input.runtimeVersion(), "/input/runtime_version");
    }

    private String task(String stage, @Nullable String given, String usual) {
        if (given == null) {
            if (!usual.isEmpty()) {
                assumed.add("tasks." + stage + " = " + usual);
            }
            return usual;
        }
        String pointer = "/input/tasks/" + stage;
        if (usual.isEmpty()) {
            throw new InvalidInput(
                    pointer,
                    "a project of type " + lower(type) + " has no such task to name",
                    "Leave it out.");
        }
        return Names.task(given, pointer);
    }

    private String lintTask() {
        return switch (type) {
            case TYPESCRIPT_FULLSTACK -> "lint";
            case JAVA_MAVEN -> "checkstyle:check";
            case PYTHON, GO, DOCKER_IMAGE, TERRAFORM -> "";
        };
    }

    private String testTask() {
        return switch (type) {
            case TYPESCRIPT_FULLSTACK, DOCKER_IMAGE -> "test";
            case JAVA_MAVEN -> "verify";
            case PYTHON, GO, TERRAFORM -> "";
        };
    }

    private String directory() {
        if (type != ProjectType.TERRAFORM) {
            if (input.directory() != null) {
                throw new InvalidInput(
                        "/input/directory", "only terraform has a directory", "Leave it out.");
            }
            return "";
        }
        return Names.folder(or(input.directory(), "directory", "environments"), "/input/directory");
    }

    private int waitMinutes(List<Stage> stages, List<Target> targets) {
        boolean waits =
                stages.contains(Stage.DEPLOY)
                        && (type == ProjectType.TERRAFORM
                                || targets.stream().anyMatch(Target::production));
        int minutes =
                waits
                        ? or(input.waitMinutes(), "wait_minutes", USUAL_WAIT_MINUTES)
                        : input.waitMinutes() == null ? USUAL_WAIT_MINUTES : input.waitMinutes();
        if (minutes < 1 || minutes > LONGEST_WAIT_MINUTES) {
            throw new InvalidInput(
                    "/input/wait_minutes",
                    minutes + " minutes are out of bounds",
                    "Use 1 to " + LONGEST_WAIT_MINUTES + ".");
        }
        return minutes;
    }

    private boolean attestations() {
        return input.attestations() == null || input.attestations();
    }

    private <T> T or(@Nullable T given, String name, T usual) {
        assume(given, name, usual);
        return given == null ? usual : given;
    }

    private void assume(@Nullable Object given, String name, Object usual) {
        if (given == null) {
            assumed.add(name + " = " + shown(usual));
        }
    }

    private static String shown(Object value) {
        return switch (value) {
            case Enum<?> choice -> lower(choice);
            case List<?> list ->
                    list.stream().map(Choices::shown).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }

    static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static String all(Enum<?>[] choices) {
        return String.join(", ", Arrays.stream(choices).map(Choices::lower).toList());
    }
}
