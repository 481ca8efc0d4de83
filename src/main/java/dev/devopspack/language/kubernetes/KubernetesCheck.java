package dev.devopspack.language.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of a set of manifests what one release of Kubernetes would refuse, drop or not find.
///
/// A kind without a schema is never wrong: it is another project's, or newer than the schema.
public final class KubernetesCheck {

    private final KubernetesVersion version;
    private final @Nullable RuleJudge judge;

    /// Leaves out the rules in CEL that definitions have.
    public KubernetesCheck(KubernetesVersion version) {
        this(version, null);
    }

    /// @param judge of the rules in CEL that definitions have
    public KubernetesCheck(KubernetesVersion version, @Nullable RuleJudge judge) {
        this.version = version;
        this.judge = judge;
    }

    /// Judges a set as one: custom kinds by the definitions in it, names by what it defines.
    ///
    /// @param manifests all objects of the set
    /// @param closed whether what the set names can be looked for in it: a tool that makes or
    ///   renames objects, such as Kustomize, leaves it open
    /// @return in the order of the manifests
    public List<ManifestProblem> of(List<Manifest> manifests, boolean closed) {
        if (manifests.isEmpty()) {
            return List.of();
        }
        KubernetesSchema schema = KubernetesSchema.of(version);
        Problems problems = new Problems();
        ServedVersions served = new ServedVersions(schema, problems);
        CustomKinds customs = new CustomKinds(manifests);
        RulesCheck rules = judge == null ? null : new RulesCheck(judge, problems);
        References references = new References(manifests, problems);
        for (Manifest manifest : manifests) {
            Optional<String> type = schema.type(manifest.apiVersion(), manifest.kind());
            Optional<CustomKinds.Defined> custom = customs.schema(manifest);
            if (type.isPresent()) {
                new StructureCheck(schema, manifest, problems).judge(type.get());
                new ConsistencyCheck(manifest, problems).judge();
                if (closed) {
                    references.judge(manifest);
                }
            } else if (custom.isPresent()) {
                int before = problems.count();
                new CustomCheck(manifest, problems).judge(custom.get().schema());
                // The API server does not ask rules of what does not fit the schema either.
                if (rules != null && problems.count() == before) {
                    rules.judge(manifest, custom.get());
                }
            }
            Set<String> instead = type.isPresent() ? Set.of() : customs.insteadOf(manifest);
            if (!instead.isEmpty()) {
                notServed(manifest, instead, problems);
            } else if (custom.isEmpty()) {
                served.judge(manifest);
            }
        }
        return problems.all();
    }

    private static void notServed(Manifest manifest, Set<String> instead, Problems problems) {
        manifest.at("apiVersion")
                .filter(written -> !Problems.isPlaceholder(written))
                .ifPresent(written ->
                        problems.add(
                                ManifestProblem.Kind.CUSTOM,
                                manifest,
                                written.span(),
                                Place.ROOT.key("apiVersion"),
                                "cannot be "
                                        + Problems.quoted(manifest.apiVersion())
                                        + "; the definition of "
                                        + Problems.quoted(manifest.kind())
                                        + " serves "
                                        + String.join(
                                                ", ",
                                                instead.stream().map(Problems::quoted).toList())));
    }
}
