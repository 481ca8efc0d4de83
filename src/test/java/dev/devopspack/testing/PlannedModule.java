package dev.devopspack.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.terraform.OfflineProviders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A module as a caller would write it, with plans that the real terraform made of it.
public final class PlannedModule {

    public static final String TEXT =
            """
            terraform {
              required_version = ">= 1.10"
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = "~> 6.0"
                }
              }
            }

            provider "aws" {
              region = "eu-west-1"
            }

            variable "window_days" {
              description = "How long a deleted key can be brought back."
              type        = number
              default     = 30
            }

            resource "aws_kms_key" "orders" {
              description             = "Encrypts the orders."
              enable_key_rotation     = true
              deletion_window_in_days = var.window_days
              policy = jsonencode({
                Version = "2012-10-17"
                Statement = [{
                  Sid       = "Administration"
                  Effect    = "Allow"
                  Principal = { AWS = "arn:aws:iam::111122223333:role/key-admin" }
                  Action    = "kms:*"
                  Resource  = "*"
                }]
              })
            }
            """;

    private PlannedModule() {}

    /// Writes the module as `main.tf` and a plan of it.
    ///
    /// @param work an empty folder
    /// @param windowDays what tells one plan from another
    /// @return the plan file
    public static Path plan(Path work, int windowDays) throws IOException {
        Files.writeString(work.resolve("main.tf"), TEXT);
        try (OfflineProviders providers = new OfflineProviders()) {
            String aws = providers.reattach(List.of("aws"));
            terraform(aws, work, "init", "-input=false");
            terraform(aws, work, "plan", "-var=window_days=" + windowDays, "-out=plan.tfplan");
        }
        return work.resolve("plan.tfplan");
    }

    private static void terraform(String providers, Path work, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(Tools.require("terraform").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder terraform =
                new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        terraform.environment().put("TF_REATTACH_PROVIDERS", providers);
        Process process = terraform.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, said);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
