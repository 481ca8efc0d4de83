package dev.devopspack.language.hcl.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ModuleEvaluatorTest {

    @Test
    void variablesComeFromFilesInTheOrderOfTerraform() {
        EvaluatedModule module =
                evaluate(
                        Map.of(
                                "main.tf",
                                """
                                variable "a" { default = "default" }
                                variable "b" { default = "default" }
                                variable "c" { default = "default" }
                                variable "n" { type = number }
                                variable "none" {}
                                """,
                                "terraform.tfvars",
                                "a = \"file\"\nb = \"file\"\nn = \"80\"\n",
                                "x.auto.tfvars",
                                "b = \"automatic\"\n"));

        assertEquals(
                Map.of(
                        "a", Value.of("file"),
                        "b", Value.of("automatic"),
                        "c", Value.of("default"),
                        "n", Value.of(80)),
                known(module));
        assertEquals(List.of(), module.diagnostics());
    }

    private static Map<String, Value> known(EvaluatedModule module) {
        Map<String, Value> known = new TreeMap<>();
        module.variables().stream()
                .filter(v -> !(v.value() instanceof Unknown))
                .forEach(v -> known.put(v.name(), v.value()));
        return known;
    }

    @Test
    void resourceWhoseNameIsTakenIsReadAllTheSame() {
        EvaluatedModule module =
                evaluate(
                        """
                        resource "aws_ebs_volume" "a" {
                          size = 1
                        }
                        resource "aws_ebs_volume" "a" {
                          size = 2
                        }
                        """);

        assertEquals(
                List.of(Value.of(1), Value.of(2)),
                module.resources().stream()
                        .map(volume -> volume.body().value("size").orElseThrow())
                        .toList());
        assertEquals(
                List.of("resource \"aws_ebs_volume.a\" is declared before, in main.tf:1"),
                module.diagnostics().stream().map(Diagnostic::message).toList());
    }

    @Test
    void whatOnlyAnApplyTellsIsUnknownAndKeepsItsReference() {
        EvaluatedModule module =
                evaluate(
                        """
                        resource "aws_kms_key" "this" {
                          description = "logs"
                        }
                        locals {
                          key = aws_kms_key.this.arn
                        }
                        resource "aws_s3_bucket" "b" {
                          bucket = "logs"
                          key    = local.key
                          text   = aws_kms_key.this.description
                          arn    = "${local.key}/*"
                        }
                        """);

        EvaluatedBody body = resource(module, "aws_s3_bucket.b").body();
        Reference arn = new Reference("", "aws_kms_key.this", "", List.of("arn"));
        Unknown key = assertInstanceOf(Unknown.class, body.value("key").orElseThrow());
        assertEquals("aws_kms_key.this.arn is known after apply", key.reason());
        assertEquals(new Value.Hint.Itself(arn), key.hint());
        assertEquals(
                List.of("aws_kms_key.this.arn", "local.key"),
                body.attribute("key").orElseThrow().references().stream()
                        .map(Reference::text)
                        .sorted()
                        .toList());
        assertEquals(Optional.of(Value.of("logs")), body.value("text"));
        Unknown text = assertInstanceOf(Unknown.class, body.value("arn").orElseThrow());
        assertEquals(Optional.of("?/*"), text.textWith("?"));
        assertEquals(11, body.attribute("arn").orElseThrow().span().line());
    }

    @Test
    void countAndForEachMakeInstances() {
        EvaluatedModule module =
                evaluate(
                        """
                        variable "unknown" {}
                        resource "a" "counted" {
                          count = 2
                          name  = "n-${count.index}"
                        }
                        resource "a" "keyed" {
                          for_each = { x = 1, y = 2 }
                          name     = "${each.key}-${each.value}"
                          first    = a.counted[0].name
                          all      = a.counted[*].name
                        }
                        resource "a" "set" {
                          for_each = toset(["p"])
                          name     = each.value
                          other    = a.keyed["x"].name
                        }
                        resource "a" "none" {
                          count = 0
                        }
                        resource "a" "maybe" {
                          count = var.unknown ? 1 : 0
                          name  = "m"
                        }
                        """);

        assertEquals(
                List.of(
                        "a.counted[0] true",
                        "a.counted[1] true",
                        "a.keyed[\"x\"] true",
                        "a.keyed[\"y\"] true",
                        "a.set[\"p\"] true",
                        "a.maybe[*] false"),
                module.resources().stream().map(r -> r.address() + " " + r.certain()).toList());
        assertEquals(Value.of("n-1"), value(module, "a.counted[1]", "name"));
        assertEquals(Value.of("y-2"), value(module, "a.keyed[\"y\"]", "name"));
        assertEquals(Value.of("n-0"), value(module, "a.keyed[\"y\"]", "first"));
        assertEquals(
                Value.list(List.of(Value.of("n-0"), Value.of("n-1"))),
                value(module, "a.keyed[\"y\"]", "all"));
        assertEquals(Value.of("x-1"), value(module, "a.set[\"p\"]", "other"));
        assertEquals(List.of(), module.diagnostics());
    }

    @Test
    void dynamicBlocksAreWrittenOut() {
        EvaluatedModule module =
                evaluate(
                        """
                        variable "more" {}
                        resource "aws_security_group" "g" {
                          dynamic "ingress" {
                            for_each = [80, 443]
                            content {
                              from_port = ingress.value
                              position  = ingress.key
                            }
                          }
                          dynamic "egress" {
                            for_each = var.more
                            iterator = rule
                            content {
                              from_port = rule.value
                            }
                          }
                        }
                        """);

        EvaluatedBody body = resource(module, "aws_security_group.g").body();
        assertEquals(
                List.of(Value.of(80), Value.of(443)),
                body.blocks("ingress").stream()
                        .map(b -> b.body().value("from_port").orElseThrow())
                        .toList());
        assertEquals(
                List.of(false),
                body.blocks("egress").stream().map(EvaluatedBlock::certain).toList());
    }

    @Test
    void valuesGoThroughLocalModulesBothWays() {
        EvaluatedModule module =
                evaluate(
                        Map.of(
                                "main.tf",
                                """
                                module "net" {
                                  source = "./modules/net"
                                  cidr   = "10.0.0.0/16"
                                }
                                module "far" {
                                  source  = "terraform-aws-modules/vpc/aws"
                                  version = "5.0.0"
                                }
                                resource "aws_subnet" "s" {
                                  vpc_id = module.net.vpc
                                  block  = module.net.cidr
                                  far    = module.far.id
                                }
                                """,
                                "modules/net/main.tf",
                                """
                                variable "cidr" { type = string }
                                resource "aws_vpc" "this" {
                                  cidr_block = var.cidr
                                }
                                output "vpc" { value = aws_vpc.this.id }
                                output "cidr" { value = aws_vpc.this.cidr_block }
                                """));

        EvaluatedBody subnet = resource(module, "aws_subnet.s").body();
        assertEquals(
                List.of("aws_subnet.s", "module.net.aws_vpc.this"),
                module.allResources().map(EvaluatedResource::address).toList());
        assertEquals(Optional.of(Value.of("10.0.0.0/16")), subnet.value("block"));
        assertEquals(
                Unknown.of(new Reference("module.net", "aws_vpc.this", "", List.of("id"))),
                subnet.value("vpc_id").orElseThrow());
        assertEquals(
                Unknown.of(new Reference("", "module.far", "", List.of("id"))),
                subnet.value("far").orElseThrow());
        assertEquals(
                List.of("far false 5.0.0", "net true "),
                module.calls().stream()
                        .map(c -> c.name() + " " + c.local() + " " + c.version().orElse(""))
                        .toList());
        assertEquals(List.of(), module.allDiagnostics());
    }

    @Test
    void referencesToWhatIsNotDeclaredAreReportedWithTheNearestName() {
        EvaluatedModule module =
                evaluate(
                        """
                        variable "region" { default = "eu" }
                        locals { name = "n" }
                        resource "aws_vpc" "main" {
                          a = var.regoin
                          b = local.nam
                          c = aws_vpc.man.id
                          d = data.aws_ami.x.id
                          e = module.net.id
                          f = plain
                          g = [for x in [1] : x]
                          lifecycle {
                            ignore_changes = [tags]
                          }
                        }
                        """);

        assertEquals(
                List.of(
                        "main.tf:4:7: variable \"regoin\" is not declared. Did you mean \"region\"?",
                        "main.tf:5:7: local \"nam\" is not declared. Did you mean \"name\"?",
                        "main.tf:6:7: resource \"aws_vpc.man\" is not declared. Did you mean"
                                + " \"aws_vpc.main\"?",
                        "main.tf:7:7: data source \"data.aws_ami.x\" is not declared. Declare it, or"
                                + " remove the reference",
                        "main.tf:8:7: module \"net\" is not declared. Declare it, or remove the"
                                + " reference",
                        "main.tf:9:7: \"plain\" alone refers to nothing. Write var.name, local.name,"
                                + " or type.name of a resource; text stands in quotes"),
                module.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void aCallThatDoesNotFitItsModuleIsTold() {
        Map<String, String> files = new TreeMap<>();
        files.put(
                "main.tf",
                """
                module "net" {
                  source     = "./net"
                  depends_on = []
                  regoin     = "eu"
                }

                module "none" {
                  source = "./net"
                  count  = 0
                }

                module "broken" {
                  source = "./broken"
                }
                """);
        files.put("net/main.tf", "variable \"region\" {}\nvariable \"size\" { default = null }\n");
        files.put("broken/main.tf", "variable \"a\" {}\nvariable {\n");

        EvaluatedModule module = evaluate(files);

        assertEquals(
                List.of(
                        "main.tf:4:3: module \"net\" has no variable \"regoin\". Did you mean"
                                + " \"region\"?",
                        "main.tf:1:1: module \"net\" needs the variable \"region\". Give it a value,"
                                + " or the variable a default"),
                module.diagnostics().stream().map(Diagnostic::text).toList());
    }

    @Test
    void aCircleIsFoundAndTheRestGoesOn() {
        EvaluatedModule module =
                evaluate("locals {\n  a = local.b\n  b = local.a\n  c = 1 + 2\n}\n");

        assertEquals(
                List.of(
                        "main.tf:3:7: \"local.a\" depends on itself: local.a -> local.b -> local.a."
                                + " Break the circle by taking one of them from elsewhere"),
                module.diagnostics().stream().map(Diagnostic::text).toList());
        assertEquals(
                List.of(Value.of(3)),
                module.locals().stream()
                        .filter(l -> l.name().equals("c"))
                        .map(EvaluatedModule.Named::value)
                        .toList());
    }

    @Test
    void anUnknownConditionWithEqualArmsIsDecided() {
        EvaluatedModule module =
                evaluate(
                        """
                        variable "u" {}
                        locals {
                          same  = var.u ? "x" : "x"
                          other = var.u ? "x" : "y"
                          and   = var.u && false
                        }
                        """);

        Map<String, Value> locals = new TreeMap<>();
        module.locals().forEach(l -> locals.put(l.name(), l.value()));
        assertEquals(Value.of("x"), locals.get("same"));
        assertEquals(Value.Bool.FALSE, locals.get("and"));
        assertInstanceOf(Unknown.class, locals.get("other"));
    }

    @Test
    void whatIsPartlyUnknownEqualsNothingForSure() {
        EvaluatedModule module =
                evaluate(
                        """
                        variable "u" {}
                        locals {
                          left  = [var.u] == ["x"]
                          right = ["x"] == [var.u]
                          not   = ["x"] != [var.u]
                          known = ["x"] == ["x"]
                        }
                        """);

        Map<String, Value> locals = new TreeMap<>();
        module.locals().forEach(l -> locals.put(l.name(), l.value()));
        assertInstanceOf(Unknown.class, locals.get("left"));
        assertInstanceOf(Unknown.class, locals.get("right"));
        assertInstanceOf(Unknown.class, locals.get("not"));
        assertEquals(Value.Bool.TRUE, locals.get("known"));
    }

    @Test
    void theItemsOfASetHaveNoIndex() {
        EvaluatedModule module = evaluate("locals {\n  first = toset([\"a\"])[0]\n}\n");

        assertEquals(
                List.of(
                        "main.tf:2:11: the items of a set have no index. Make it a list with tolist"
                                + " first"),
                module.diagnostics().stream().map(d -> d.text()).toList());
    }

    private static EvaluatedModule evaluate(String main) {
        return evaluate(Map.of("main.tf", main));
    }

    private static EvaluatedModule evaluate(Map<String, String> files) {
        return ModuleEvaluator.evaluate(ModuleFiles.of(files));
    }

    private static EvaluatedResource resource(EvaluatedModule module, String address) {
        return module.allResources()
                .filter(r -> r.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private static Value value(EvaluatedModule module, String address, String name) {
        return resource(module, address).body().value(name).orElseThrow();
    }
}
