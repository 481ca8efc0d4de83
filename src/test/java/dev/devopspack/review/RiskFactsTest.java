package dev.devopspack.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GivenPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class RiskFactsTest {

    private static final String NONE = "locals {}\n";

    @Test
    void lossesComeFirstByTheirWeight() {
        assertEquals(
                List.of(
                        "DANGER destroys 1 data store [aws_db_instance.b]",
                        "DANGER destroys 1 encryption key [aws_kms_key.b]",
                        "DANGER replaces 1 network [aws_subnet.b]",
                        "DANGER destroys 1 identity [aws_iam_role.b]",
                        "CAUTION destroys 1 other resource [null_resource.b]",
                        "CAUTION the plan is as submitted: nobody derived it from a plan file []",
                        "OK no public endpoint []"),
                ofPlan(
                        PlanJsonTest.change("null_resource", "[\"delete\"]", "{}", "null"),
                        PlanJsonTest.change("aws_iam_role", "[\"delete\"]", "{}", "null"),
                        PlanJsonTest.change("aws_kms_key", "[\"delete\"]", "{}", "null"),
                        PlanJsonTest.change("aws_subnet", "[\"delete\",\"create\"]", "{}", "{}"),
                        PlanJsonTest.change("aws_db_instance", "[\"delete\"]", "{}", "null")));
    }

    @Test
    void whatOpensSomethingToTheWorldIsADanger() {
        for (String[] exposed :
                new String[][] {
                    {
                        "aws_security_group",
                        "{\"ingress\":[{\"cidr_blocks\":[\"10.0.0.0/8\",\"0.0.0.0/0\"]}]}"
                    },
                    {"aws_security_group", "{\"ingress\":[{\"cidr_blocks\":[\"128.0.0.0/1\"]}]}"},
                    {"aws_vpc_security_group_ingress_rule", "{\"cidr_ipv6\":\"::/0\"}"},
                    {
                        "aws_security_group_rule",
                        "{\"type\":\"ingress\",\"cidr_blocks\":[\"0.0.0.0/0\"]}"
                    },
                    {"aws_eks_cluster", "{\"deletion_protection\":true,\"vpc_config\":[{}]}"},
                    {"aws_db_instance", "{\"publicly_accessible\":true}"},
                    {
                        "aws_launch_template",
                        "{\"network_interfaces\":[{\"associate_public_ip_address\":\"true\"}]}"
                    },
                    {"aws_lb", "{}"},
                    {"aws_s3_bucket_acl", "{\"acl\":\"public-read\"}"},
                    {"google_compute_firewall", "{\"source_ranges\":[\"0.0.0.0/0\"]}"},
                    {
                        "azurerm_network_security_rule",
                        "{\"direction\":\"Inbound\",\"access\":\"Allow\",\"source_address_prefix\":\"*\"}"
                    },
                }) {
            List<String> facts = created(exposed[0], exposed[1]);

            assertTrue(facts.getFirst().startsWith("DANGER "), exposed[0] + " " + facts);
            assertFalse(facts.contains("OK no public endpoint []"), exposed[0] + " " + facts);
        }
    }

    @Test
    void whatIsClosedIsCalledClosed() {
        for (String[] closed :
                new String[][] {
                    {
                        "aws_security_group",
                        "{\"ingress\":[{\"cidr_blocks\":[\"10.0.0.0/8\"]}],\"egress\":[{\"cidr_blocks\":[\"0.0.0.0/0\"]}]}"
                    },
                    {
                        "aws_security_group_rule",
                        "{\"type\":\"egress\",\"cidr_blocks\":[\"0.0.0.0/0\"]}"
                    },
                    {"aws_vpc_security_group_ingress_rule", "{\"cidr_ipv6\":\"fc00::/7\"}"},
                    {"aws_lb", "{\"internal\":true}"},
                    {
                        "aws_eks_cluster",
                        "{\"deletion_protection\":true,\"vpc_config\":[{\"endpoint_public_access\":false}]}"
                    },
                }) {
            List<String> facts = created(closed[0], closed[1]);

            assertTrue(facts.contains("OK no public endpoint []"), closed[0] + " " + facts);
        }
    }

    @Test
    void whatCannotBeToldIsNeverFine() {
        List<String> facts =
                created(
                        "aws_db_instance",
                        "{\"publicly_accessible\":\"(sensitive)\",\"deletion_protection\":true}");

        assertTrue(
                facts.contains(
                        "CAUTION not known before it is applied: public exposure [aws_db_instance.b]"),
                facts.toString());
        assertFalse(facts.contains("OK no public endpoint []"), facts.toString());
    }

    @Test
    void wideRightsAreNamed() {
        assertEquals(
                "DANGER allows every action [aws_iam_policy.b]",
                policy(
                        "aws_iam_policy",
                        "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"s3:Get\",\"*\"]}}"));
        assertEquals(
                "DANGER allows every action but some [aws_iam_policy.b]",
                policy(
                        "aws_iam_policy",
                        "{\"Statement\":[{\"Effect\":\"Allow\",\"NotAction\":\"iam:*\"}]}"));
        assertEquals(
                "CAUTION allows every action of a service [aws_iam_policy.b]",
                policy(
                        "aws_iam_policy",
                        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\"}]}"));
        assertEquals(
                "DANGER lets anyone in [aws_s3_bucket_policy.b]",
                policy(
                        "aws_s3_bucket_policy",
                        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"}}]}"));
        assertEquals(
                "CAUTION creates 1 IAM policy [aws_iam_policy.b]",
                policy(
                        "aws_iam_policy",
                        "{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\"}]}"));
        assertEquals(
                "CAUTION has a policy that is not known before it is applied [aws_iam_policy.b]",
                policy("aws_iam_policy", "not json"));
    }

    @Test
    void whatRunsCommandsOrComesFromOutsideIsReadFromTheFiles() {
        ChangeSet changeSet =
                Sample.of(
                        """
                        terraform {
                          required_providers {
                            evil = {
                              source = "evil/evil"
                            }
                            aws = {
                              source = "hashicorp/aws"
                            }
                          }
                          backend "s3" {
                            bucket = "b"
                          }
                        }
                        module "inside" {
                          source = "./modules/a"
                        }
                        module "outside" {
                          source = "git::https://evil.example/a"
                        }
                        data "external" "x" {
                          program = ["sh"]
                        }
                        resource "terraform_data" "a" {
                          provisioner "local-exec" {
                            command = "sh"
                          }
                        }
                        """);

        List<String> facts =
                texts(
                        RiskFacts.of(
                                SemanticDifference.of(null, changeSet),
                                changeSet,
                                Sample.of(NONE)));

        assertEquals(
                List.of(
                        "DANGER runs commands where it is applied [terraform_data.a (local-exec)]",
                        "DANGER runs programs or asks servers while planning [data.external.x]",
                        "DANGER keeps the state in another place than the last release []",
                        "CAUTION takes modules from outside [git::https://evil.example/a]",
                        "CAUTION takes providers from outside hashicorp [evil/evil]"),
                facts.subList(0, 5));
    }

    @Test
    void anExposureThatWasThereBeforeIsToldApart() {
        List<String> facts =
                ofPlan(
                        PlanJsonTest.change(
                                "aws_db_instance",
                                "[\"update\"]",
                                "{\"publicly_accessible\":true,\"deletion_protection\":true}",
                                "{\"publicly_accessible\":true,\"deletion_protection\":false}"));

        assertEquals(
                "DANGER leaves a database without deletion protection [aws_db_instance.b]",
                facts.get(0));
        assertTrue(
                facts.contains("CAUTION makes a database public, as before [aws_db_instance.b]"),
                facts.toString());
    }

    private static String policy(String type, String document) {
        return created(type, "{\"policy\":" + DatumWriter.write(new Datum.Text(document)) + "}")
                .getFirst();
    }

    private static List<String> created(String type, String after) {
        return ofPlan(PlanJsonTest.change(type, "[\"create\"]", "null", after));
    }

    private static List<String> ofPlan(String... changes) {
        GivenPlan given =
                PlanJson.read(
                                PlanJsonTest.plan(
                                        "\"resource_changes\":[" + String.join(",", changes) + "]"))
                        .given(null, GivenPlan.Source.AS_SUBMITTED);
        return texts(RiskFacts.of(ChangePlan.of(given), Sample.of(NONE), null));
    }

    private static List<String> texts(List<Fact> facts) {
        return facts.stream()
                .map(fact -> fact.level() + " " + fact.text() + " " + fact.addresses())
                .toList();
    }
}
