package dev.devopspack.change;

/// A secret that the files create, change or name: never its value.
///
/// @param name the resource's address, for example `aws_secretsmanager_secret.db`
/// @param kind the kind of resource, for example `aws_secretsmanager_secret`
public record SecretReference(String name, String kind) {}
