package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HclFuzzTest {

    private static final int MUTANTS = 1500;

    private static final String SEED =
            """
            terraform {
              required_version = ">= 1.10" # why
            }
            variable "zones" {
              type    = list(object({ name = string, size = optional(number, 3) }))
              default = [{ name = "a" }, { name = "b", size = 4 }]
            }
            locals {
              names = { for i, z in var.zones : z.name => z if z.size > 2 }
              first = [for z in var.zones : upper(z.name)][0]
              text  = "x ${join(",", keys(local.names))} %{ if true ~} y %{ else } n %{ endif }"
            }
            resource "aws_instance" "web" {
              for_each = local.names
              ami      = data.aws_ami.linux.id
              policy   = jsonencode({ Statement = [{ Action = "*", Resource = aws_s3_bucket.b[0].arn }] })
              user_data = <<-EOT
                #!/bin/sh
                echo ${each.key} $${literal}
                %{ for z in var.zones ~}
                ${z.name}
                %{ endfor ~}
              EOT
              dynamic "ebs_block_device" {
                for_each = [1, 2]
                content {
                  size = ebs_block_device.value * 2
                }
              }
              tags = merge({ Name = each.value.name }, try(var.zones[0].tags, {}))
              lifecycle { ignore_changes = [tags] }
            }
            data "aws_ami" "linux" {
              most_recent = true
            }
            resource "aws_s3_bucket" "b" {
              count  = length(var.zones) > 1 ? 2 : 0
              bucket = format("%s-%02d", local.first, count.index)
            }
            output "ids" { value = aws_s3_bucket.b[*].id }
            """;

    @Test
    void noDamageMakesAReaderThrow() {
        HclFuzz fuzz = new HclFuzz(20260101);
        int damaged = 0;

        assertTrue(HclFuzz.read(SEED).isEmpty());
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            List<Diagnostic> diagnostics =
                    assertDoesNotThrow(() -> HclFuzz.read(mutant), () -> "mutant:\n" + mutant);
            damaged += diagnostics.isEmpty() ? 0 : 1;
        }

        assertTrue(damaged > MUTANTS / 4 && damaged < MUTANTS, "damaged: " + damaged);
    }

    @Test
    void aFileThatEndsAnywhereIsRead() {
        for (int i = 0; i < SEED.length(); i += 3) {
            String beginning = SEED.substring(0, i);

            assertDoesNotThrow(() -> HclFuzz.read(beginning), () -> beginning);
        }
    }

    @Test
    void hostileTextsAreRefusedQuickly() {
        List<String> hostile = new ArrayList<>();
        int many = 200_000;
        hostile.add("a = \"" + "x".repeat(1_000_000));
        hostile.add("a = \"" + "${".repeat(many));
        hostile.add("a = \"" + "%{".repeat(many));
        hostile.add("a = <<EOT\n" + "x\n".repeat(many));
        hostile.add("a = " + "<<A\n".repeat(many));
        hostile.add("/*" + "*".repeat(many));
        hostile.add("{".repeat(many));
        hostile.add("}".repeat(many));
        hostile.add("[".repeat(many));
        hostile.add("a = [" + "(".repeat(many));
        hostile.add("a {\n".repeat(many));
        hostile.add("a = 1 +\n".repeat(many));
        hostile.add("\"".repeat(many + 1));
        hostile.add("a = " + "9".repeat(many));
        hostile.add("a = 1e" + "9".repeat(50));
        hostile.add("a = 1e-999999999");
        hostile.add("\u0000".repeat(many));
        hostile.add("a = \"\uD800\" \uDC00");
        hostile.add("a = \"" + "\\u" + "\n");
        hostile.add("a\u202Eb = 1");
        hostile.add("a = 1 a = 2 ".repeat(many / 10));
        hostile.add("x \"y\" ".repeat(many));
        hostile.add("a = x." + "0.".repeat(many));
        hostile.add("a = " + "b ? ".repeat(many));
        hostile.add("a = \"" + "\\q".repeat(many) + "\"");

        for (String text : hostile) {
            String shown = text.substring(0, Math.min(20, text.length()));
            assertTimeout(
                    Duration.ofSeconds(10),
                    () -> assertFalse(HclFuzz.read(text).isEmpty(), shown),
                    shown);
        }
    }

    @Test
    void strangeButValidTextsAreRead() {
        for (String text :
                List.of(
                        "a = \"" + "x".repeat(1_000_000) + "\"\n",
                        "a = \"nul \u0000 and \u202E\"\n",
                        "é = \"\uD800\"\n",
                        "a = 1\n".replace("a", "a".repeat(100_000)),
                        "a = [" + "1, ".repeat(100_000) + "]\n",
                        "\n".repeat(500_000),
                        "# c\n".repeat(200_000))) {
            assertTrue(HclFuzz.read(text).isEmpty(), text.substring(0, 8));
        }
    }
}
