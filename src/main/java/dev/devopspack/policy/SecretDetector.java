package dev.devopspack.policy;

import dev.devopspack.language.Span;
import dev.devopspack.language.data.Leaves;
import dev.devopspack.language.hcl.HclParser;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds secrets in plain text: by their own form, and by the name they stand under.
///
/// What it returns never holds a value.
public final class SecretDetector {

    /// A file with more secrets than this is told of by the first of them.
    private static final int MAX_FINDINGS = 100;

    /// Trees that callers send are bounded by their parsers; this bounds those that are not.
    private static final int MAX_DEPTH = 200;

    /// Generated files full of checksums: only a token's own form counts in them.
    private static final Set<String> GENERATED =
            Set.of(
                    ".terraform.lock.hcl",
                    "package-lock.json",
                    "npm-shrinkwrap.json",
                    "yarn.lock",
                    "pnpm-lock.yaml",
                    "go.sum",
                    "cargo.lock",
                    "poetry.lock",
                    "composer.lock",
                    "gemfile.lock");

    private static final Set<String> DEFAULTS =
            Set.of(
                    "changeme",
                    "changeit",
                    "pass",
                    "passwd",
                    "pwd",
                    "password",
                    "passw0rd",
                    "password1",
                    "password123",
                    "secret",
                    "admin",
                    "admin123",
                    "root",
                    "toor",
                    "test",
                    "test123",
                    "testing",
                    "guest",
                    "user",
                    "postgres",
                    "mysql",
                    "mysecretpassword",
                    "123456",
                    "12345678",
                    "qwerty",
                    "letmein",
                    "welcome",
                    "foobar",
                    "foobarbaz",
                    "foo",
                    "bar",
                    "supersecret",
                    "topsecret",
                    "hunter2",
                    "mypassword",
                    "somepassword",
                    "notsecure",
                    "insecure",
                    "minioadmin",
                    "rabbitmq");

    /// Programs, in which a word without quotes is a variable.
    private static final Set<String> CODE =
            Set.of(
                    "py", "pyi", "js", "mjs", "cjs", "jsx", "ts", "tsx", "java", "kt", "go", "rb",
                    "php", "cs", "c", "h", "cc", "cpp", "hpp", "rs", "swift", "scala", "pl", "pm",
                    "lua", "dart", "groovy", "m", "vue", "el", "pyc", "class", "rst");

    /// Names that mean secrets hold one of these; without, a file's structure has nothing to tell.
    private static final List<String> NAMES =
            List.of(
                    "pass",
                    "pwd",
                    "_pw",
                    "secret",
                    "token",
                    "key",
                    "credential",
                    "connection",
                    "auth");

    private SecretDetector() {}

    /// The secrets of a file; its name tells how it is written.
    public static List<Secret> inFile(String name, String text) {
        return inFile(name, text, null);
    }

    /// @param parsed the file as HCL, where it was read already
    static List<Secret> inFile(String name, String text, @Nullable ParsedFile parsed) {
        String file = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        KeywordLines keywords = new KeywordLines(text);
        List<Secret> found = new ArrayList<>(shapes(text, keywords));
        if (!GENERATED.contains(file)) {
            boolean none = !keywords.hasAny(NAMES);
            boolean hcl = file.endsWith(".tf") || file.endsWith(".tfvars") || file.endsWith(".hcl");
            if (file.equals(".pgpass") || file.equals("pgpass.conf")) {
                found.addAll(AssignedSecrets.inPasswordFile(text));
            }
            found.addAll(
                    hcl && !none
                            ? inHcl(parsed == null ? HclParser.parse(name, text) : parsed, text)
                            : isTree(file, text) && !none
                                    ? inYaml(name, text)
                                    : AssignedSecrets.in(text, CODE.contains(extension(file))));
        }
        return ordered(found).stream().limit(MAX_FINDINGS).toList();
    }

    /// What a mistake cuts off of the structure is still looked at by lines.
    private static List<Secret> inHcl(ParsedFile parsed, String text) {
        List<Secret> found = new ArrayList<>(HclSecrets.in(parsed, text));
        if (!parsed.diagnostics().isEmpty()) {
            found.addAll(AssignedSecrets.in(text));
        }
        return found;
    }

    private static String extension(String file) {
        return file.substring(file.lastIndexOf('.') + 1);
    }

    private static boolean isTree(String file, String text) {
        return file.endsWith(".yaml")
                || file.endsWith(".yml")
                || file.endsWith(".json")
                || text.startsWith("apiVersion:");
    }

    /// By structure and, because of comments and texts in it, by lines.
    private static List<Secret> inYaml(String name, String text) {
        YamlSecrets.Result structure = YamlSecrets.in(name, text);
        List<Secret> found = new ArrayList<>(structure.secrets());
        for (Secret secret : AssignedSecrets.in(text)) {
            if (structure.sealed().stream().noneMatch(span -> isIn(secret, span))) {
                found.add(secret);
            }
        }
        return found.stream().map(secret -> local(secret, text, structure.local())).toList();
    }

    private static boolean isIn(Secret secret, Span span) {
        return span.start() <= secret.start() && secret.end() <= span.end();
    }

    private static Secret local(Secret secret, String text, Set<YamlSecrets.Local> local) {
        String value = text.substring(secret.start(), secret.end()).replaceAll("^[\"']|[\"']$", "");
        boolean isLocal =
                secret.kind().equals("password")
                        && local.stream()
                                .anyMatch(each ->
                                        each.value().equals(value) && isIn(secret, each.job()));
        return isLocal ? secret.of("local-password") : secret;
    }

    /// A password that stands in every manual is tried first, and is often only an example.
    static String kindOf(String value) {
        return DEFAULTS.contains(value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""))
                ? "default-password"
                : "password";
    }

    /// The secrets of a free text, all of them: a redaction relies on it.
    public static List<Secret> find(String text) {
        List<Secret> found = new ArrayList<>(shapes(text, new KeywordLines(text)));
        found.addAll(AssignedSecrets.anywhereIn(text));
        return ordered(found);
    }

    /// The secrets of maps, lists and texts, each with its JSON pointer.
    public static List<Secret> inTree(Object tree) {
        List<Secret> found = new ArrayList<>();
        Leaves.visit(
                tree,
                "",
                MAX_DEPTH,
                (pointer, name, value) -> {
                    if (value instanceof String text) {
                        inText(text, pointer, name, found);
                    }
                });
        return found.stream().limit(MAX_FINDINGS).toList();
    }

    private static void inText(String text, String pointer, String name, List<Secret> found) {
        List<Secret> shapes = find(text);
        if (!shapes.isEmpty()) {
            found.add(shapes.getFirst().at(pointer));
        } else if (SecretValues.isSecret(SecretNames.of(name), text)) {
            found.add(
                    new Secret(kindOf(text), titleOf(name), name, 0, text.length(), 1, 1, pointer));
        }
    }

    static String titleOf(String name) {
        return "a literal value of '" + Shown.of(name) + "'";
    }

    private static List<Secret> shapes(String text, KeywordLines keywords) {
        List<TokenShapes.Match> matches = new ArrayList<>(TokenShapes.in(text, keywords));
        matches.addAll(EncodedSecrets.in(text, keywords));
        if (matches.isEmpty()) {
            return List.of();
        }
        LineIndex lines = new LineIndex(text);
        return matches.stream()
                .map(match ->
                        new Secret(
                                match.kind(),
                                match.title(),
                                "",
                                match.start(),
                                match.end(),
                                lines.line(match.start()),
                                lines.column(match.start()),
                                ""))
                .toList();
    }

    /// In the order of the text; of two that overlap the one that was found first.
    private static List<Secret> ordered(List<Secret> found) {
        NavigableMap<Integer, Secret> kept = new TreeMap<>();
        for (Secret secret : found) {
            Map.Entry<Integer, Secret> before = kept.lowerEntry(secret.end());
            if (before == null || before.getValue().end() <= secret.start()) {
                kept.put(secret.start(), secret);
            }
        }
        return List.copyOf(kept.values());
    }
}
