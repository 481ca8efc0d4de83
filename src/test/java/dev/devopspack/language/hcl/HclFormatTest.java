package dev.devopspack.language.hcl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HclFormatTest {

    /// One of everything whose place depends on its neighbours.
    private static final String UNTIDY =
            """
            # comment
            resource aws_instance "web" {
            count=2
              instance_type   =   "${var.type}" # trailing
              ami = data.aws_ami.x . id # aligned
              tags={
            Name="web-${ count.index }"
              "long key"   = 1
               a= -1
              }
                ebs_block_device{
                size = 1
            }
              user_data = <<-EOT
                echo ${ var.a }
                  keep   this
              EOT
              list=[1,2 , 3]
              call = max( 1,2,-3 ) + - 1
              splat = aws_x.y [ * ].id
              neg = !var.b
              cond = a==1?"x":"y"
              loop = [ for x in [1] :x if x!=2 ]
              multi = [
              1,
                  {
                a = 1
                }
              ]
            }
            variable "v" {
              type = "string"
            }
            variable "w" {
              type = list
              default = "${[
                1,
                2]}"
            }


            one_line { a=1 }
            empty {
            }
            """;

    private static final String TIDY =
            """
            # comment
            resource "aws_instance" "web" {
              count         = 2
              instance_type = var.type             # trailing
              ami           = data.aws_ami.x.id # aligned
              tags = {
                Name       = "web-${count.index}"
                "long key" = 1
                a          = -1
              }
              ebs_block_device {
                size = 1
              }
              user_data = <<-EOT
                echo ${var.a}
                  keep   this
              EOT
              list      = [1, 2, 3]
              call      = max(1, 2, -3) + -1
              splat     = aws_x.y[*].id
              neg       = !var.b
              cond      = a == 1 ? "x" : "y"
              loop      = [for x in [1] : x if x != 2]
              multi = [
                1,
                {
                  a = 1
                }
              ]
            }
            variable "v" {
              type = string
            }
            variable "w" {
              type = list(any)
              default = ([
                1,
              2])
            }


            one_line { a = 1 }
            empty {
            }
            """
                    .replace("var.type             # trailing", "var.type          # trailing");

    @Test
    void untidyTextIsLaidOutAsTerraformDoes() {
        assertEquals(Optional.of(TIDY), HclFormat.canonical(UNTIDY));
        assertTrue(HclFormat.isCanonical(TIDY));
        assertFalse(HclFormat.isCanonical(UNTIDY));
    }

    @Test
    void terraformLaysItOutTheSame(@TempDir Path folder) throws Exception {
        Path terraform = Tools.require("terraform");
        Path file = folder.resolve("main.tf");
        Files.writeString(file, UNTIDY);

        Process process =
                new ProcessBuilder(terraform.toString(), "fmt", "-no-color", "main.tf")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();

        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(TIDY, Files.readString(file));
    }

    @Test
    void textThatCannotBeReadHasNoCanonicalLayout() {
        assertEquals(Optional.empty(), HclFormat.canonical("a = [\n"));
        assertFalse(HclFormat.isCanonical("a = [\n"));
    }

    @Test
    void layingOutTwiceChangesNothing() {
        String once = HclFormat.canonical(UNTIDY).orElseThrow();

        assertEquals(Optional.of(once), HclFormat.canonical(once));
    }

    @Test
    void newlinesOfWindowsAndTheEndOfTheFileStayAsTheyAre() {
        assertTrue(HclFormat.isCanonical("a = 1\r\nb = 2 # c\r\n"));
        assertTrue(HclFormat.isCanonical("a = 1"));
        assertTrue(HclFormat.isCanonical("# c  "));
        assertTrue(HclFormat.isCanonical(""));
        assertFalse(HclFormat.isCanonical("\uFEFFa = 1\n"));
    }
}
