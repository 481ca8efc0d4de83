package dev.devopspack.policy;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlFile;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Literals in YAML and JSON by their structure: under a name, beside a name, behind an option, in
/// a Kubernetes secret.
final class YamlSecrets {

    /// What a Kubernetes secret holds beside secrets.
    private static final Set<String> HARMLESS =
            Set.of(
                    "username",
                    "user",
                    "login",
                    "host",
                    "hostname",
                    "port",
                    "database",
                    "dbname",
                    "db",
                    "engine",
                    "region",
                    "endpoint",
                    "url",
                    "uri",
                    "name",
                    "email",
                    "domain",
                    "bucket",
                    "namespace",
                    "issuer",
                    "tenant",
                    "tenantid",
                    "clientid",
                    "accountid",
                    "project",
                    "type",
                    "environment",
                    "env",
                    "server",
                    "address",
                    "path",
                    "ca",
                    "cert",
                    "crt");

    private static final Set<String> USERS =
            Set.of("user", "username", "login", "email", "account");

    private final List<Secret> found = new ArrayList<>();
    private final List<Span> sealed = new ArrayList<>();
    private final Set<Local> local = new HashSet<>();

    private YamlSecrets() {}

    /// @param secrets what was found
    /// @param sealed what is encrypted and therefore none, whatever else says so
    /// @param local what the services of a workflow's jobs are given
    record Result(List<Secret> secrets, List<Span> sealed, Set<Local> local) {}

    /// A value that a job gives to a service of its own: it opens what is gone with the job and is
    /// reached from nowhere else. What the job deploys with may have the same value, so a job that
    /// has an environment has none.
    record Local(Span job, String value) {}

    static Result in(String name, String text) {
        YamlSecrets secrets = new YamlSecrets();
        YamlFile file = Yaml.read(name, text, YamlSchema.COMPOSE);
        file.documents().forEach(secrets::document);
        return new Result(secrets.found, secrets.sealed, Set.copyOf(secrets.local));
    }

    private void document(YamlNode root) {
        if (root.get("sops").isPresent() || isKind(root, "SealedSecret")) {
            sealed.add(root.span());
            return;
        }
        root.get("jobs").ifPresent(this::services);
        walk("", root);
    }

    private void services(YamlNode jobs) {
        jobs.entries().values().stream()
                .map(YamlNode.Entry::value)
                .filter(job -> job.get("runs-on").isPresent() && job.get("environment").isEmpty())
                .forEach(this::servicesOf);
    }

    private void servicesOf(YamlNode job) {
        job.get("services").stream()
                .flatMap(services -> services.entries().values().stream())
                .flatMap(service -> service.value().get("env").stream())
                .flatMap(env -> env.entries().values().stream())
                .filter(variable -> SecretNames.of(variable.key()) != SecretNames.Kind.NONE)
                .flatMap(variable -> variable.value().text().stream())
                .forEach(value -> local.add(new Local(job.span(), value)));
    }

    private static boolean isKind(YamlNode root, String kind) {
        return root.get("kind").flatMap(YamlNode::text).filter(kind::equals).isPresent();
    }

    /// The reader bounds depth and, with aliases copied, size.
    private void walk(String name, YamlNode node) {
        switch (node) {
            case YamlNode.Mapping mapping -> mapping(mapping);
            case YamlNode.Sequence sequence -> sequence(name, sequence);
            case Scalar scalar -> value(name, scalar);
        }
    }

    private void mapping(YamlNode.Mapping mapping) {
        if (isKind(mapping, "Secret") && mapping.get("apiVersion").isPresent()) {
            mapping.get("data").ifPresent(data -> held(data, true));
            mapping.get("stringData").ifPresent(data -> held(data, false));
        }
        pair(mapping);
        boolean user =
                mapping.entries().keySet().stream()
                        .anyMatch(key -> USERS.contains(key.toLowerCase(Locale.ROOT)));
        mapping.entries()
                .forEach((key, entry) ->
                        walk(
                                user && key.equalsIgnoreCase("pass") ? "password" : key,
                                entry.value()));
    }

    /// `name: DB_PASSWORD` with its `value` beside it.
    private void pair(YamlNode.Mapping mapping) {
        String name =
                mapping.get("name")
                        .or(() -> mapping.get("key"))
                        .or(() -> mapping.get("Name"))
                        .flatMap(YamlNode::text)
                        .orElse("");
        if (!name.isEmpty()
                && mapping.get("value").or(() -> mapping.get("Value")).orElse(null)
                        instanceof Scalar scalar) {
            value(name, scalar);
        }
    }

    private void sequence(String name, YamlNode.Sequence sequence) {
        String option = "";
        for (YamlNode item : sequence.items()) {
            if (item instanceof Scalar scalar) {
                if (option.isEmpty()) {
                    value(name, scalar);
                } else {
                    value(option, scalar);
                }
                boolean isOption =
                        scalar.content().startsWith("--") && !scalar.content().contains("=");
                option = isOption ? scalar.content().substring(2) : "";
            } else {
                option = "";
                walk(name, item);
            }
        }
    }

    private void value(String name, Scalar scalar) {
        boolean text = scalar.value() instanceof String || scalar.value() instanceof Number;
        String content = scalar.content().strip();
        boolean tagged = scalar.tag().startsWith("!") && !scalar.tag().startsWith("!!");
        if (text
                && !tagged
                && !content.contains("\n")
                && SecretValues.isSecret(SecretNames.of(name), content)) {
            add(SecretDetector.kindOf(content), SecretDetector.titleOf(name), name, scalar.span());
        }
    }

    private void held(YamlNode data, boolean encoded) {
        data.entries()
                .forEach((key, entry) -> {
                    if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
                        String content = scalar.content().replaceAll("\\s", "");
                        String plain =
                                encoded
                                        ? EncodedSecrets.decoded(content)
                                        : scalar.content().strip();
                        boolean means = SecretNames.of(key) != SecretNames.Kind.NONE;
                        boolean secret =
                                !isHarmless(key)
                                        && plain.length() >= 4
                                        && !Placeholders.is(plain)
                                        && !isSettings(plain, means);
                        if (secret) {
                            add(
                                    "password",
                                    "the value of '" + Shown.of(key) + "' of a Kubernetes secret",
                                    key,
                                    scalar.span());
                        }
                    }
                });
    }

    private static boolean isHarmless(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        String last =
                lower.substring(
                        Math.max(
                                        lower.lastIndexOf('.'),
                                        Math.max(lower.lastIndexOf('_'), lower.lastIndexOf('-')))
                                + 1);
        return HARMLESS.contains(lower.replace("_", "").replace("-", ""))
                || HARMLESS.contains(last);
    }

    /// A file of settings holds a secret only where one of its lines does; that is found there.
    private static boolean isSettings(String plain, boolean means) {
        boolean certificate = plain.startsWith("-----BEGIN CERTIFICATE");
        boolean number = plain.chars().allMatch(c -> Character.isDigit(c) || c == '.');
        boolean word = List.of("true", "false").contains(plain.toLowerCase(Locale.ROOT));
        return certificate
                || (!means && (plain.contains("\n") || number || word || plain.contains("${")));
    }

    private void add(String kind, String title, String name, Span span) {
        found.add(
                new Secret(
                        kind,
                        title,
                        name,
                        span.start(),
                        span.end(),
                        span.line(),
                        span.column(),
                        ""));
    }
}
