package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One instance of a resource or data source.
///
/// @param address `module.a.aws_x.y["k"]`; `[*]` as key where the number of instances is not known
/// @param module address of the module it is in; empty for the root
/// @param key `[0]`, `["k"]`, `[*]` or empty
/// @param certain false where `count` or `for_each` is not known: there may be none, or many
/// @param header from `resource` to the last label
/// @param body without what is in the meta arguments
public record EvaluatedResource(
        String address,
        String module,
        Mode mode,
        String type,
        String name,
        String key,
        boolean certain,
        String file,
        Span header,
        Span span,
        Meta meta,
        EvaluatedBody body) {

    /// What every resource and data source may hold beside its provider's own arguments.
    public static final Set<String> META =
            Set.of(
                    "count",
                    "for_each",
                    "provider",
                    "depends_on",
                    "lifecycle",
                    "provisioner",
                    "connection");

    public enum Mode {
        MANAGED,
        DATA
    }

    /// The arguments that every resource has.
    ///
    /// @param provider as written, such as `aws.east`
    /// @param dependsOn as written
    /// @param lifecycle the `lifecycle` blocks, of which there is at most one
    /// @param provisioners types of the provisioners, such as `local-exec`
    public record Meta(
            Optional<Value> count,
            Optional<Value> forEach,
            Optional<String> provider,
            List<String> dependsOn,
            List<EvaluatedBlock> lifecycle,
            List<EvaluatedBlock> provisioners,
            List<EvaluatedBlock> connections) {}
}
