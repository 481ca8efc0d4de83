package dev.devopspack.language.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.kubernetes.ManifestProblem.Kind;
import dev.devopspack.language.yaml.YamlNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which versions of the API a release serves, no longer serves, and will stop to serve.
///
/// @see <a href="https://kubernetes.io/docs/reference/using-api/deprecation-guide/">Deprecated API
///   migration guide</a>
final class ServedVersions {

    /// Objects of `v1` that no cluster stores: lists, answers, and the file that kubectl reads.
    private static final Set<String> NOT_STORED =
            Set.of(
                    "Config",
                    "ComponentStatus",
                    "DeleteOptions",
                    "Eviction",
                    "List",
                    "Scale",
                    "Status",
                    "TokenRequest");

    /// @param deprecatedIn minor of the release, such as 19
    /// @param removedIn minor of the release; no release yet is a number that none has
    private record Retired(int deprecatedIn, int removedIn, String instead) {}

    private static final Map<String, Retired> RETIRED = read();

    private final KubernetesSchema schema;
    private final Problems problems;

    ServedVersions(KubernetesSchema schema, Problems problems) {
        this.schema = schema;
        this.problems = problems;
    }

    private static Map<String, Retired> read() {
        Map<String, Retired> retired = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                KubernetesSchema.resource("versions.tsv"),
                                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> cells = List.of(line.split("\t", -1));
                if (!line.startsWith("#") && cells.size() == 5) {
                    retired.put(
                            cells.get(0) + " " + cells.get(1),
                            new Retired(minor(cells.get(2)), minor(cells.get(3)), cells.get(4)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(retired);
    }

    private static int minor(String release) {
        return release.equals("-")
                ? Integer.MAX_VALUE
                : Integer.parseInt(release.substring(release.indexOf('.') + 1));
    }

    void judge(Manifest manifest) {
        String apiVersion = manifest.apiVersion();
        String kind = manifest.kind();
        Retired retired = RETIRED.get(apiVersion + " " + kind);
        if (retired != null) {
            judge(manifest, retired);
        } else if (!schema.serves(apiVersion, kind) && schema.ownsGroupOf(apiVersion)) {
            unknown(manifest);
        }
    }

    private void judge(Manifest manifest, Retired retired) {
        int target = schema.version().minor();
        if (target >= retired.removedIn()) {
            add(
                    Kind.NOT_SERVED,
                    manifest,
                    "of "
                            + manifest.kind()
                            + " is not served since 1."
                            + retired.removedIn()
                            + "; use "
                            + retired.instead());
        } else if (target >= retired.deprecatedIn()) {
            String until =
                    retired.removedIn() == Integer.MAX_VALUE
                            ? ""
                            : " and gone in 1." + retired.removedIn();
            add(
                    Kind.DEPRECATED,
                    manifest,
                    "of "
                            + manifest.kind()
                            + " is deprecated since 1."
                            + retired.deprecatedIn()
                            + until
                            + "; use "
                            + retired.instead());
        }
    }

    private void unknown(Manifest manifest) {
        String apiVersion = manifest.apiVersion();
        String kind = manifest.kind();
        if (NOT_STORED.contains(kind) || kind.endsWith("List")) {
            return;
        }
        String target = "Kubernetes " + schema.version().text();
        List<KubernetesVersion> others =
                KubernetesVersion.all().stream()
                        .filter(each -> KubernetesSchema.of(each).serves(apiVersion, kind))
                        .toList();
        Collection<String> serving = schema.serving(kind);
        String instead = serving.isEmpty() ? "" : "; use " + String.join(" or ", serving);
        if (others.isEmpty()) {
            String hint =
                    serving.isEmpty()
                            ? Problems.suggestion(kind, schema.kinds(apiVersion))
                            : instead;
            add(
                    Kind.UNKNOWN_KIND,
                    manifest,
                    "with the kind " + Problems.quoted(kind) + " is not known to " + target + hint);
        } else if (others.getFirst().compareTo(schema.version()) > 0) {
            add(
                    Kind.NOT_SERVED,
                    manifest,
                    "of "
                            + kind
                            + " is served from "
                            + others.getFirst().text()
                            + " on, not by "
                            + target
                            + instead);
        } else {
            add(
                    Kind.NOT_SERVED,
                    manifest,
                    "of " + kind + " was last served by " + others.getLast().text() + instead);
        }
    }

    private void add(Kind kind, Manifest manifest, String message) {
        Span span = manifest.at("apiVersion").map(YamlNode::span).orElse(Span.START);
        problems.add(
                kind,
                manifest,
                span,
                Place.ROOT.key("apiVersion"),
                Problems.quoted(manifest.apiVersion()) + " " + message);
    }
}
