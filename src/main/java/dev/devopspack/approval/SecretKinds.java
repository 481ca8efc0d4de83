package dev.devopspack.approval;

import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.language.data.DataReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kinds of resources that create or change a secret, kept as data in
/// `approval/secret-kinds.yaml`.
public final class SecretKinds {

    private static final Map<String, Object> FILE = load();
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

    @SuppressWarnings("unchecked") // an object's plain form is a map with string keys
    private static Map<String, Object> load() {
        try (InputStream in =
                SecretKinds.class.getResourceAsStream("/approval/secret-kinds.yaml")) {
            if (in == null) {
                throw new IllegalStateException(
                        "approval/secret-kinds.yaml is not on the class path");
            }
            DataNode root = DataReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return (Map<String, Object>) root.plain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DataException e) {
            throw new IllegalStateException("approval/secret-kinds.yaml, " + e.place(), e);
        }
    }
}
