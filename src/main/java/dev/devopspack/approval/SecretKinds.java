package dev.devopspack.approval;

import dev.devopspack.language.data.ShippedFile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kinds of resources that create or change a secret, kept as data in
/// `approval/secret-kinds.yaml`.
public final class SecretKinds {

    private static final Map<String, Object> FILE =
            ShippedFile.values("/approval/secret-kinds.yaml");
    private static final Set<String> TERRAFORM = names("terraform");
    private static final Set<String> KUBERNETES = names("kubernetes");
    private static final Set<String> KUBERNETES_GROUPS = names("kubernetes-groups");

    private SecretKinds() {}

    /// @param resourceType for example `aws_secretsmanager_secret`
    public static boolean inTerraform(String resourceType) {
        return TERRAFORM.contains(resourceType);
    }

    /// @param kind for example `SealedSecret`
    public static boolean inKubernetes(String kind) {
        return KUBERNETES.contains(kind);
    }

    /// @param apiVersion for example `generators.external-secrets.io/v1alpha1`
    public static boolean inKubernetes(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return inKubernetes(kind)
                || (slash > 0 && KUBERNETES_GROUPS.contains(apiVersion.substring(0, slash)));
    }

    private static Set<String> names(String section) {
        if (FILE.get(section) instanceof List<?> names) {
            return Set.copyOf(names.stream().map(String::valueOf).toList());
        }
        throw new IllegalStateException("approval/secret-kinds.yaml has no list '" + section + "'");
    }
}
