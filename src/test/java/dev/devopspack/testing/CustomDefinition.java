package dev.devopspack.testing;

import java.util.Locale;

/// Custom resource definitions of the group `example.com`.
public final class CustomDefinition {

    private static final int UNDER_SCHEMA = 10;

    private CustomDefinition() {}

    /// A definition with one version, `v1`.
    ///
    /// @param kind for example `Cache`; its plural is `caches`
    /// @param schema what stands below `openAPIV3Schema`, in YAML
    public static String of(String kind, String schema) {
        return """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %1$s.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: %2$s, plural: %1$s}
          versions:
            - name: v1
              served: true
              storage: true
              schema:
                openAPIV3Schema:
        """
                        .formatted(kind.toLowerCase(Locale.ROOT) + "s", kind)
                + schema.indent(UNDER_SCHEMA);
    }
}
