package dev.devopspack.testing;

/// A manifest with one critical finding.
public final class CriticalFinding {

    /// Lets everybody read, signed in or not.
    public static final String BINDING =
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata:
              name: readers
              namespace: shop
            roleRef:
              apiGroup: rbac.authorization.k8s.io
              kind: Role
              name: reader
            subjects:
              - apiGroup: rbac.authorization.k8s.io
                kind: User
                name: system:anonymous
            """;

    private CriticalFinding() {}
}
