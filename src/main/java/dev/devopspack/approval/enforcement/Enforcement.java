package dev.devopspack.approval.enforcement;

import dev.devopspack.approval.enforcement.github.GitHubApp;
import dev.devopspack.approval.enforcement.kubernetes.Cluster;
import dev.devopspack.approval.enforcement.terraform.RunTask;
import dev.devopspack.identity.workload.Issuer;
import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataReader;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Everything that the operator configured about enforcement, read from one file at start.
///
/// @param issuers whose identity tokens count
/// @param pipelines which jobs may use which grants
/// @param clusters which clusters ask before they store an object
/// @param gitHub the GitHub Apps that ask about deployments
/// @param runTasks the run tasks of HCP Terraform
public record Enforcement(
        List<Issuer> issuers,
        Bindings pipelines,
        List<Cluster> clusters,
        List<GitHubApp> gitHub,
        List<RunTask> runTasks) {

    private static final String FORMAT = "devops-pack/enforcement/v1";

    /// With a run's id beside it still an actor of the audit log.
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,19}");

    private static final Pattern WORKFLOW =
            Pattern.compile("\\.github/workflows/[^/@\\s]{1,200}\\.ya?ml");

    private static final Pattern APP = Pattern.compile("[A-Za-z0-9.]{1,40}");

    /// Nothing is configured: callers show API tokens, and no other point is open.
    public static final Enforcement NONE =
            new Enforcement(List.of(), Bindings.NONE, List.of(), List.of(), List.of());

    public Enforcement {
        issuers = List.copyOf(issuers);
        clusters = List.copyOf(clusters);
        gitHub = List.copyOf(gitHub);
        runTasks = List.copyOf(runTasks);
    }

    /// @throws InvalidInput with `file:line:column` where the file is wrong
    public static Enforcement read(Path path) {
        try {
            return read(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new InvalidInput(
                    path.toString(),
                    "it cannot be read",
                    "Put the file there, or take devopspack.enforcement out.");
        }
    }

    static Enforcement read(String file, String text) {
        Section root;
        try {
            root = Section.of(file, DataReader.read(text));
        } catch (DataException e) {
            throw new InvalidInput(
                    file + ":" + e.place().line() + ":" + e.place().column(),
                    e.problem(),
                    e.mend());
        }
        root.only("format", "issuers", "pipelines", "kubernetes", "github", "terraform");
        if (!root.text("format").equals(FORMAT)) {
            throw root.refusal("format", "it is another format", "Write " + FORMAT + ".");
        }
        List<Issuer> issuers = issuers(root);
        List<Binding> bindings = new ArrayList<>();
        for (Section section : root.sections("pipelines")) {
            bindings.add(binding(section, issuers));
        }
        return new Enforcement(
                issuers, new Bindings(bindings), clusters(root), gitHub(root), runTasks(root));
    }

    private static List<Issuer> issuers(Section root) {
        List<Issuer> issuers = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (Section section : root.sections("issuers")) {
            section.only("name", "kind", "issuer", "audience", "keys");
            Issuer.Kind kind = section.value("kind", Enforcement::kind);
            String named = section.text("issuer");
            String audience = section.text("audience");
            String keys = section.value("keys", Enforcement::address);
            Issuer issuer =
                    section.value("name", name -> new Issuer(name, kind, named, audience, keys));
            if (!taken.add(issuer.name()) || !taken.add(issuer.issuer())) {
                throw section.refusal("name", "the name or the issuer is taken", "Write one.");
            }
            issuers.add(issuer);
        }
        return issuers;
    }

    private static List<Cluster> clusters(Section root) {
        List<Cluster> clusters = new ArrayList<>();
        for (Section section : root.sections("kubernetes")) {
            section.only("name", "environment", "secret-file", "deployers", "exempt", "others");
            String name = section.value("name", Enforcement::name);
            if (clusters.stream().anyMatch(other -> other.name().equals(name))) {
                throw section.refusal("name", "it is taken", "Give every cluster its own.");
            }
            clusters.add(
                    new Cluster(
                            name,
                            section.value("environment", Environment::new),
                            section.secret("secret-file"),
                            Set.copyOf(section.texts("deployers")),
                            Set.copyOf(section.optionalTexts("exempt")),
                            switch (section.text("others", "deny")) {
                                case "deny" -> Cluster.Others.DENY;
                                case "allow" -> Cluster.Others.ALLOW;
                                default ->
                                        throw section.refusal(
                                                "others", "it is neither", "Write deny or allow.");
                            }));
        }
        return clusters;
    }

    private static List<GitHubApp> gitHub(Section root) {
        List<GitHubApp> apps = new ArrayList<>();
        for (Section section : root.sections("github")) {
            section.only("name", "api", "app", "private-key-file", "webhook-secret-file", "rules");
            String name = section.value("name", Enforcement::name);
            if (apps.stream().anyMatch(other -> other.name().equals(name))) {
                throw section.refusal("name", "it is taken", "Give every App its own.");
            }
            apps.add(
                    new GitHubApp(
                            name,
                            URI.create(section.value("api", Enforcement::server)),
                            section.value("app", Enforcement::appId),
                            section.secret("private-key-file"),
                            section.secret("webhook-secret-file"),
                            section.sections("rules").stream().map(Enforcement::rule).toList()));
        }
        return apps;
    }

    private static GitHubApp.Rule rule(Section section) {
        section.only("repository", "job-environment", "stack", "environment", "use", "workflows");
        Environment environment = section.value("environment", Environment::new);
        boolean consumes =
                switch (section.text("use", "consume")) {
                    case "consume" -> true;
                    case "check" -> false;
                    default ->
                            throw section.refusal(
                                    "use", "it is neither", "Write consume or check.");
                };
        return new GitHubApp.Rule(
                section.text("repository"),
                section.text("job-environment", environment.value()),
                section.value("stack", StackName::new),
                environment,
                consumes,
                workflows(section, consumes));
    }

    /// A rule that leaves using the grant to the job says which workflows have such jobs.
    private static List<String> workflows(Section section, boolean consumes) {
        List<String> workflows = section.optionalTexts("workflows");
        if (!consumes && workflows.isEmpty()) {
            throw section.refusal(
                    "use",
                    "a rule that only checks would let every workflow of the commit go on",
                    "Add 'workflows' with the paths of those whose job consumes the grant.");
        }
        if (!workflows.stream().allMatch(path -> WORKFLOW.matcher(path).matches())) {
            throw section.refusal(
                    "workflows",
                    "one is no path of a workflow",
                    "Write it as it stands in the repository: .github/workflows/deploy.yml.");
        }
        return workflows;
    }

    private static List<RunTask> runTasks(Section root) {
        List<RunTask> tasks = new ArrayList<>();
        for (Section section : root.sections("terraform")) {
            section.only("name", "api", "storage", "hmac-key-file", "workspaces");
            String name = section.value("name", Enforcement::name);
            if (tasks.stream().anyMatch(other -> other.name().equals(name))) {
                throw section.refusal("name", "it is taken", "Give every run task its own.");
            }
            tasks.add(
                    new RunTask(
                            name,
                            URI.create(section.value("api", Enforcement::server)),
                            section.optionalText("storage") == null
                                    ? null
                                    : URI.create(section.value("storage", Enforcement::server)),
                            section.secret("hmac-key-file"),
                            section.sections("workspaces").stream()
                                    .map(Enforcement::workspace)
                                    .toList()));
        }
        return tasks;
    }

    private static RunTask.Workspace workspace(Section section) {
        section.only("organization", "workspace", "stack", "environment");
        return new RunTask.Workspace(
                section.text("organization"),
                section.text("workspace"),
                section.value("stack", StackName::new),
                section.value("environment", Environment::new));
    }

    private static String appId(String text) {
        if (!APP.matcher(text).matches()) {
            throw new IllegalArgumentException("it is no App's id or client id; put it in quotes");
        }
        return text;
    }

    /// An https address without a slash at its end.
    private static String server(String text) {
        if (!text.contains("://") || text.endsWith("/") || text.contains("?")) {
            throw new IllegalArgumentException("it is no https address, or ends with a slash");
        }
        return address(text);
    }

    /// A name that stands in a path and in the audit log.
    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "it is no name of lower-case letters, digits and '-'");
        }
        return text;
    }

    private static Issuer.Kind kind(String name) {
        return switch (name) {
            case "github-actions" -> Issuer.Kind.GITHUB_ACTIONS;
            case "gitlab" -> Issuer.Kind.GITLAB;
            default ->
                    throw new IllegalArgumentException(
                            "there is no such kind; there are github-actions and gitlab");
        };
    }

    /// An address that nobody on the way can change, or the path of a file.
    static String address(String text) {
        if (!text.contains("://")) {
            return text;
        }
        URI uri = URI.create(text);
        boolean here = "localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost());
        if (uri.getHost() == null
                || uri.getUserInfo() != null
                || !("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme())))) {
            throw new IllegalArgumentException("it is no https address");
        }
        return text;
    }

    private static List<String> refs(Section section) {
        List<String> refs = section.texts("refs");
        if (!refs.stream().allMatch(ref -> ref.startsWith("refs/"))) {
            throw section.refusal(
                    "refs", "one is no full reference", "Write it whole: refs/heads/main.");
        }
        return refs;
    }

    private static Binding binding(Section section, List<Issuer> issuers) {
        section.only(
                "stack",
                "environment",
                "issuer",
                "repository",
                "refs",
                "workflow",
                "job-environment");
        Environment environment = section.value("environment", Environment::new);
        String issuer = section.text("issuer");
        if (issuers.stream().noneMatch(known -> known.name().equals(issuer))) {
            throw section.refusal("issuer", "there is no such issuer", "Add it under 'issuers'.");
        }
        return new Binding(
                section.value("stack", StackName::new),
                environment,
                issuer,
                section.text("repository"),
                refs(section),
                section.text("workflow"),
                section.text("job-environment", environment.value()));
    }
}
