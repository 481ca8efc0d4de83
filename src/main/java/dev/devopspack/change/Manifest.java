package dev.devopspack.change;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a change set is, in the form that is digested: manifest format v1 (see `docs/formats.md`).
///
/// @param requiredGates the gates that must open before it may be released
/// @param secrets what it creates or changes of secrets, by name; sorted by name
/// @param policy the digest of the approval policy in force when it was made
public record Manifest(
        Origin origin,
        Artifacts artifacts,
        @Nullable GivenPlan plan,
        Target target,
        Set<GateId> requiredGates,
        List<SecretReference> secrets,
        Requester requester,
        Digest policy) {

    public static final String FORMAT = "devops-pack/manifest/v1";

    public Manifest {
        requiredGates = Set.copyOf(requiredGates);
        secrets = secrets.stream().sorted(Comparator.comparing(SecretReference::name)).toList();
    }

    /// The canonical bytes: RFC 8785 over {@link #document()}.
    public byte[] canonical() {
        return Canonical.bytes(document());
    }

    public Digest digest() {
        return Digest.of(canonical());
    }

    /// The manifest as plain values: strings, integers, lists and maps.
    public Map<String, Object> document() {
        Map<String, Object> document = new TreeMap<>();
        document.put("format", FORMAT);
        document.put("origin", originDocument());
        document.put(
                "artifacts", artifacts.list().stream().map(Manifest::artifactDocument).toList());
        if (plan != null) {
            document.put("plan", planDocument(plan));
        }
        document.put("target", targetDocument());
        document.put("requiredGates", requiredGates.stream().map(GateId::id).sorted().toList());
        document.put(
                "secrets",
                secrets.stream().map(s -> Map.of("name", s.name(), "kind", s.kind())).toList());
        document.put("requester", requesterDocument());
        document.put("policy", policy.value());
        return document;
    }

    private Map<String, Object> originDocument() {
        return switch (origin) {
            case Origin.Generated made -> {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("kind", "generated");
                document.put("agent", made.agent());
                document.put("capability", made.capability());
                document.put("catalogue", made.catalogue().value());
                if (made.inputWrittenBy() != null) {
                    document.put("inputWrittenBy", made.inputWrittenBy());
                }
                yield document;
            }
            case Origin.Submitted _ -> Map.of("kind", "submitted");
        };
    }

    private static Map<String, Object> artifactDocument(Artifact artifact) {
        return Map.of(
                "name", artifact.name().value(),
                "mediaType", artifact.mediaType(),
                "size", artifact.sizeBytes(),
                "mode", artifact.mode(),
                "sha256", artifact.digest().hex());
    }

    private static Map<String, Object> planDocument(GivenPlan plan) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (plan.fileDigest() != null) {
            document.put("fileSha256", plan.fileDigest().hex());
        }
        document.put("semanticDigest", plan.semanticDigest().value());
        document.put(
                "source",
                switch (plan.source()) {
                    case DERIVED -> "derived";
                    case AS_SUBMITTED -> "as-submitted";
                });
        return document;
    }

    private Map<String, Object> targetDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        if (target.environment() != null) {
            document.put("environment", target.environment().value());
        }
        document.put("stack", target.stack().value());
        if (target.repository() != null) {
            document.put("repository", target.repository());
        }
        if (target.commit() != null) {
            document.put("commit", target.commit());
        }
        return document;
    }

    private Map<String, Object> requesterDocument() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("principal", requester.principal());
        if (requester.person() != null) {
            document.put("person", requester.person());
        }
        return document;
    }

    /// The names of the files whose bytes differ from `other`'s, are new or gone; sorted.
    public List<String> filesThatDifferFrom(Manifest other) {
        Map<String, Digest> mine = digests(artifacts);
        Map<String, Digest> theirs = digests(other.artifacts);
        List<String> names = new ArrayList<>();
        mine.forEach((name, digest) -> {
            if (!digest.equals(theirs.get(name))) {
                names.add(name);
            }
        });
        theirs.keySet().stream().filter(name -> !mine.containsKey(name)).forEach(names::add);
        names.sort(Comparator.naturalOrder());
        return List.copyOf(names);
    }

    private static Map<String, Digest> digests(Artifacts artifacts) {
        Map<String, Digest> digests = new TreeMap<>();
        artifacts.forEach(artifact -> digests.put(artifact.name().value(), artifact.digest()));
        return digests;
    }
}
