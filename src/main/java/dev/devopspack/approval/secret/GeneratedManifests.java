package dev.devopspack.approval.secret;

/// Manifests by which External Secrets makes the value in the cluster. The generator knows how long
/// and of which characters it is; nobody outside of the cluster ever has it.
final class GeneratedManifests {

    private GeneratedManifests() {}

    /// A new version changes the manifest, and `refreshPolicy: OnChange` makes a new value exactly
    /// then.
    static SecretFile of(SecretName secret, int version, int length) {
        String text =
                """
                apiVersion: generators.external-secrets.io/v1alpha1
                kind: Password
                metadata:
                  name: "%1$s"
                  namespace: "%2$s"
                spec:
                  length: %5$d
                  digits: %6$d
                  symbols: 0
                  noUpper: false
                  allowRepeat: true
                ---
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata:
                  name: "%1$s"
                  namespace: "%2$s"
                  annotations:
                    devopspack.dev/version: "%4$d"
                spec:
                  refreshPolicy: OnChange
                  target:
                    name: "%1$s"
                    creationPolicy: Owner
                    template:
                      metadata:
                        annotations:
                          devopspack.dev/version: "%4$d"
                      data:
                        "%3$s": "{{ .password }}"
                  dataFrom:
                    - sourceRef:
                        generatorRef:
                          apiVersion: generators.external-secrets.io/v1alpha1
                          kind: Password
                          name: "%1$s"
                """
                        .formatted(
                                secret.name(),
                                secret.place(),
                                secret.key(),
                                version,
                                length,
                                length / 4);
        return new SecretFile(secret.name() + ".external-secret.yaml", "application/yaml", text);
    }
}
