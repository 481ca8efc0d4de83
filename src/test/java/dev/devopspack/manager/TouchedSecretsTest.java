package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.SecretReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever makes or changes a secret is found, in every way in which it can be written: a person
/// must approve it in every environment.
class TouchedSecretsTest {

    private static final String SECRET =
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: database
              namespace: payments
            """;

    @Test
    void aSecretOfKubernetesIsFoundBesideOtherObjects() {
        assertEquals(
                List.of(new SecretReference("deploy/Secret payments/database", "Secret")),
                in("deploy/all.yaml", "apiVersion: v1\nkind: ConfigMap\n---\n" + SECRET));
    }

    @Test
    void aSecretInAListIsFound() {
        assertEquals(
                List.of(new SecretReference("SealedSecret x", "SealedSecret")),
                in(
                        "list.json",
                        """
                        {"apiVersion": "v1", "kind": "List", "items": [
                          {"apiVersion": "bitnami.com/v1alpha1", "kind": "SealedSecret",
                           "metadata": {"name": "x"}}]}
                        """));
    }

    @ParameterizedTest
    @CsvSource({
        "external-secrets.io/v1, ExternalSecret",
        "external-secrets.io/v1beta1, ClusterExternalSecret",
        "generators.external-secrets.io/v1alpha1, Password",
        "generators.external-secrets.io/v1alpha1, SomethingNew",
        "secrets-store.csi.x-k8s.io/v1, SecretProviderClass",
        "secrets.hashicorp.com/v1beta1, VaultStaticSecret",
        "unknown.example.com/v9, SealedSecret"
    })
    void eachKindIsFound(String apiVersion, String kind) {
        assertEquals(
                List.of(new SecretReference(kind + " a", kind)),
                in(
                        "a.yml",
                        "apiVersion: %s\nkind: %s\nmetadata: {name: a}\n"
                                .formatted(apiVersion, kind)));
    }

    @Test
    void whatCannotBeReadCountsByItsLines() {
        assertEquals(
                List.of(new SecretReference("chart/templates/s.yaml", "Secret")),
                in(
                        "chart/templates/s.yaml",
                        "apiVersion: v1\n{{- if .Values.on }}\nkind: Secret\n{{- end }}\n"));
        assertEquals(
                List.of(new SecretReference("broken.yaml", "Secret")),
                in("broken.yaml", "kind: \"Secret\"\n\tmetadata: [\n"));
    }

    @Test
    void aGeneratorOfKustomizeAndSealedFilesAreFound() {
        assertEquals(
                List.of(new SecretReference("k/kustomization.yaml", "secretGenerator")),
                in("k/kustomization.yaml", "secretGenerator:\n  - name: x\n    envs: [a.env]\n"));
        assertEquals(
                List.of(new SecretReference("values.enc.yaml", "sops")),
                in("values.enc.yaml", "a: ENC[x]\nsops:\n  mac: ENC[y]\n"));
        assertEquals(
                List.of(new SecretReference("database.age", "age")),
                in("database.age", "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n"));
    }

    @Test
    void terraformInJsonAndObjectsInTerraformAreFound() {
        assertEquals(
                List.of(new SecretReference("m/random_password.db", "random_password")),
                in(
                        "m/main.tf.json",
                        "{\"resource\": {\"random_password\": {\"db\": {\"length\": 20}}}}"));
        assertEquals(
                List.of(new SecretReference("kubernetes_manifest.s", "Secret")),
                in(
                        "main.tf",
                        """
                        resource "kubernetes_manifest" "s" {
                          manifest = { apiVersion = "v1", kind = "Secret" }
                        }
                        """));
        assertEquals(
                List.of(
                        new SecretReference(
                                "aws_secretsmanager_secret.x", "aws_secretsmanager_secret")),
                in("main.tf", "resource \"aws_secretsmanager_secret\" \"x\" {}\n"));
    }

    @Test
    void whatOnlyUsesASecretTouchesNone() {
        assertEquals(
                List.of(),
                in(
                        "deploy.yaml",
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          template:
                            spec:
                              volumes:
                                - name: s
                                  secret: {secretName: database}
                        """));
        assertEquals(List.of(), in("notes.md", "kind: Secret\n"));
        assertEquals(
                List.of(),
                in(
                        "main.tf",
                        """
                        resource "kubernetes_manifest" "c" {
                          manifest = { apiVersion = "v1", kind = "ConfigMap" }
                        }
                        """));
    }

    private static List<SecretReference> in(String name, String text) {
        return TouchedSecrets.in(Artifacts.of(Artifact.of(name, text)));
    }
}
