package dev.devopspack.attack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Secrets that want to be kept where others read them.
final class SecretAttacks {

    private static final String FAMILY = "secrets";

    /// Put together here, so that no scanner finds a secret in this file.
    private static final String KEY = "AKIA" + "Z7Q2M4N6P5R3T5V2";

    private static final String GITHUB = "ghp_" + "Zk3vQ9xLr7TnWc5YbHf2MdJs8PgUa4Xe1RoV";
    private static final String PEM =
            "-----BEGIN "
                    + "PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END "
                    + "PRIVATE KEY-----\n";

    private static final String NO_SECRET =
            """
            terraform {
              required_version = ">= 1.10"
            }

            locals {
              db_password_from = "vault"
            }
            """;

    private final Site site;
    private final List<Attack> attacks = new ArrayList<>();

    SecretAttacks(Site site) {
        this.site = site;
    }

    List<Attack> all() {
        file("an access key in a file", "notes.md", KEY, "AWS_ACCESS_KEY_ID");
        file(
                "a platform's token in a file",
                "notes.md",
                "token: " + GITHUB,
                "token: from the vault");
        file("a private key in a file", "key.pem", PEM, "-----BEGIN CERTIFICATE REQUEST-----");
        file(
                "a password in Terraform",
                "main.tf",
                "locals {\n  db_password = \"tr0ub4dor-and-3-more\"\n}\n",
                NO_SECRET);
        file(
                "a password in an address",
                "notes.md",
                "postgres://app:tr0ub4dor-and-3-more@db.example.com/app",
                "postgres://db.example.com/app");
        file(
                "a literal Secret of Kubernetes",
                "s.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {password: tr0ub4dor-and-3-more}\n",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\ndata: {level: info}\n");
        task("an access key in a task's input", KEY, "api");
        attacks.add(
                new Attack(
                        FAMILY,
                        "an access key in a claim",
                        () -> site.submit(claim("the key is " + KEY)),
                        () -> site.submit(claim("the key is in the vault"))));
        attacks.add(
                new Attack(
                        FAMILY,
                        "an access key in a stack's name",
                        () ->
                                site.submit(
                                        Site.submission(Map.of("notes.md", "x")).put("stack", KEY)),
                        () -> site.submit(Site.submission(Map.of("notes.md", "x")))));
        return attacks;
    }

    private static JsonObject claim(String text) {
        return Site.submission(Map.of("notes.md", "x")).put("claims", new JsonArray().add(text));
    }

    private void file(String name, String file, String tried, String twin) {
        attacks.add(
                new Attack(
                        FAMILY,
                        name,
                        () -> site.submit(Site.submission(Map.of(file, tried))),
                        () -> site.submit(Site.submission(Map.of(file, twin)))));
    }

    private void task(String name, String tried, String twin) {
        String task =
                "task: {type: devops.incident_runbook, input: {incident_type: disk_full, services: [%s]}}";
        attacks.add(
                new Attack(
                        FAMILY,
                        name,
                        () -> site.task(task.formatted(tried)),
                        () -> site.task(task.formatted(twin))));
    }
}
