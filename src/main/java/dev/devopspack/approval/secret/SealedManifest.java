package dev.devopspack.approval.secret;

import java.util.Base64;

/// The manifest that a Sealed Secrets controller turns into a Secret. Names have checked shapes and
/// the rest is base64, so nothing can break out of the text around it.
final class SealedManifest {

    private SealedManifest() {}

    static SecretFile of(SecretName secret, int version, byte[] sealed) {
        String text =
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata:
                  name: "%s"
                  namespace: "%s"
                  annotations:
                    devopspack.dev/version: "%d"
                spec:
                  encryptedData:
                    "%s": %s
                  template:
                    metadata:
                      name: "%s"
                      namespace: "%s"
                      annotations:
                        devopspack.dev/version: "%d"
                    type: Opaque
                """
                        .formatted(
                                secret.name(),
                                secret.place(),
                                version,
                                secret.key(),
                                Base64.getEncoder().encodeToString(sealed),
                                secret.name(),
                                secret.place(),
                                version);
        return new SecretFile(secret.name() + ".sealed-secret.yaml", "application/yaml", text);
    }
}
