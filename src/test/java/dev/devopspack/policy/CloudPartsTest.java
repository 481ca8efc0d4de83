package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.policy.subject.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The parts of Azure's and Google's resources that rules judge by themselves.
class CloudPartsTest {

    @Test
    void ruleOfAzureIsTheSameAsABlockAndAsAResource() {
        String rule =
                """
                direction                  = "Inbound"
                access                     = "Allow"
                protocol                   = "*"
                destination_port_ranges    = ["22", "8000-8080"]
                source_address_prefix      = "Internet"
                destination_address_prefix = "10.0.0.0/8"
                """;

        List<Subject> block =
                parts(
                        AzureNetworkRules.KIND,
                        "resource \"azurerm_network_security_group\" \"a\" {\nsecurity_rule {\n"
                                + rule
                                + "}\n}\n");
        List<Subject> resource =
                parts(
                        AzureNetworkRules.KIND,
                        "resource \"azurerm_network_security_rule\" \"a\" {\n" + rule + "}\n");

        Map<String, Object> expected =
                Map.of(
                        "direction",
                        "ingress",
                        "protocol",
                        "all",
                        "ports",
                        List.of("22", "8000-8080"),
                        "ranges",
                        List.of("0.0.0.0/0"),
                        "description",
                        NullValue.NULL_VALUE,
                        "allows",
                        true);
        assertEquals(expected, without(block.getFirst(), "resourceType"));
        assertEquals(expected, without(resource.getFirst(), "resourceType"));
        assertEquals(2, block.getFirst().place().line());
        assertEquals(5, resource.getFirst().place().line());
    }

    @Test
    void portsInOneTextAreSeveral() {
        List<Subject> rules =
                parts(
                        AzureNetworkRules.KIND,
                        """
                        resource "azurerm_network_security_rule" "a" {
                          destination_port_range = "21, 22-24 ,80"
                        }
                        """);

        assertEquals(List.of("21", "22-24", "80"), rules.getFirst().self().get("ports"));
    }

    @Test
    void azureRulesOfAnUnknownListAreUnknown() {
        List<Subject> rules =
                parts(
                        AzureNetworkRules.KIND,
                        """
                        variable "rules" {}
                        resource "azurerm_network_security_group" "a" {
                          dynamic "security_rule" {
                            for_each = var.rules
                            content {
                              destination_port_range = "22"
                            }
                          }
                        }
                        """);

        assertEquals(1, rules.size());
        assertTrue(rules.getFirst().self().get("ranges") instanceof CelUnknownSet);
    }

    @Test
    void googleFirewallHasARuleForEachAllowAndDeny() {
        List<Subject> rules =
                parts(
                        GoogleNetworkRules.KIND,
                        """
                        resource "google_compute_firewall" "a" {
                          allow {
                            protocol = "tcp"
                            ports    = ["22"]
                          }
                          allow {
                            protocol = "icmp"
                          }
                          deny {
                            protocol = "all"
                          }
                          target_tags = ["web"]
                        }
                        """);

        assertEquals(
                List.of(
                        rule("tcp", List.of("22"), true),
                        rule("icmp", List.of(), true),
                        rule("all", List.of("0-65535"), false)),
                rules.stream().map(rule -> without(rule, "description", "resourceType")).toList());
        assertEquals(List.of(2, 6, 9), rules.stream().map(rule -> rule.place().line()).toList());
    }

    private static Map<String, Object> rule(String protocol, List<Object> ports, boolean allows) {
        return Map.of(
                "direction",
                "ingress",
                "protocol",
                protocol,
                "ports",
                ports,
                "ranges",
                List.of("0.0.0.0/0"),
                "targeted",
                true,
                "allows",
                allows);
    }

    @Test
    void ruleOfAGoogleFirewallPolicyIsReadAlike() {
        List<Subject> rules =
                parts(
                        GoogleNetworkRules.KIND,
                        """
                        resource "google_compute_network_firewall_policy_rule" "a" {
                          action    = "allow"
                          direction = "EGRESS"
                          match {
                            dest_ip_ranges = ["10.0.0.0/8"]
                            layer4_configs {
                              ip_protocol = "tcp"
                              ports       = [443]
                            }
                          }
                        }
                        """);

        assertEquals(
                List.of(
                        Map.of(
                                "direction",
                                "egress",
                                "protocol",
                                "tcp",
                                "ports",
                                List.of(443L),
                                "ranges",
                                List.of("10.0.0.0/8"),
                                "targeted",
                                false,
                                "allows",
                                true)),
                rules.stream().map(rule -> without(rule, "description", "resourceType")).toList());
    }

    @Test
    void switchedOffFirewallAllowsNothing() {
        List<Subject> rules =
                parts(
                        GoogleNetworkRules.KIND,
                        """
                        resource "google_compute_firewall" "a" {
                          disabled = true
                          allow {
                            protocol = "all"
                          }
                        }
                        """);

        assertEquals(false, rules.getFirst().self().get("allows"));
    }

    @Test
    void googleBindingIsTheSameHoweverItIsWritten() {
        List<Subject> bindings =
                parts(
                        GoogleBindings.KIND,
                        """
                        resource "google_storage_bucket_iam_member" "a" {
                          bucket = "data"
                          role   = "roles/storage.objectViewer"
                          member = "allUsers"
                        }
                        resource "google_storage_bucket_iam_binding" "b" {
                          bucket  = "data"
                          role    = "roles/storage.objectViewer"
                          members = ["allUsers"]
                        }
                        resource "google_storage_bucket_iam_policy" "c" {
                          bucket      = "data"
                          policy_data = data.google_iam_policy.p.policy_data
                        }
                        resource "google_storage_bucket_iam_policy" "d" {
                          bucket = "data"
                          policy_data = jsonencode({
                            bindings = [{ role = "roles/storage.objectViewer", members = ["allUsers"] }]
                          })
                        }
                        data "google_iam_policy" "p" {
                          binding {
                            role    = "roles/storage.objectViewer"
                            members = ["allUsers"]
                          }
                        }
                        """);

        Map<String, Object> expected =
                Map.of(
                        "role",
                        "roles/storage.objectViewer",
                        "members",
                        List.of("allUsers"),
                        "conditional",
                        false,
                        "defaultAccount",
                        false);
        assertEquals(
                List.of(expected, expected, expected, expected, expected),
                bindings.stream().map(b -> without(b, "level", "resourceType")).toList());
        assertEquals(
                List.of(
                        "storage_bucket",
                        "storage_bucket",
                        "storage_bucket",
                        "storage_bucket",
                        "document"),
                bindings.stream().map(binding -> binding.self().get("level")).toList());
    }

    @Test
    void memberThatIsKnownInPartsIsKeptInParts() {
        List<Subject> bindings =
                parts(
                        GoogleBindings.KIND,
                        """
                        resource "google_service_account" "app" {
                          account_id = "app"
                        }
                        resource "google_project_iam_member" "a" {
                          role   = "roles/browser"
                          member = "serviceAccount:${google_service_account.app.email}"
                        }
                        """);

        assertEquals(
                List.of("serviceAccount:" + TerraformValues.STAND_IN),
                bindings.getFirst().self().get("members"));
    }

    @Test
    void defaultAccountIsSeenByNameAndByLookUp() {
        List<Subject> bindings =
                parts(
                        GoogleBindings.KIND,
                        """
                        data "google_compute_default_service_account" "d" {}
                        resource "google_project_iam_member" "a" {
                          role   = "roles/browser"
                          member = data.google_compute_default_service_account.d.member
                        }
                        resource "google_project_iam_member" "b" {
                          role   = "roles/browser"
                          member = "serviceAccount:shop@appspot.gserviceaccount.com"
                        }
                        resource "google_project_iam_member" "c" {
                          role   = "roles/browser"
                          member = "serviceAccount:app@shop.iam.gserviceaccount.com"
                        }
                        """);

        assertEquals(
                List.of(true, true, false),
                bindings.stream().map(binding -> binding.self().get("defaultAccount")).toList());
    }

    @Test
    void policyThatIsNotJsonIsUnknown() {
        List<Subject> bindings =
                parts(
                        GoogleBindings.KIND,
                        """
                        resource "google_project_iam_policy" "a" {
                          policy_data = "no policy"
                        }
                        """);

        assertTrue(bindings.getFirst().self().get("members") instanceof CelUnknownSet);
    }

    private static List<Subject> parts(String kind, String text) {
        ModuleFiles files = ModuleFiles.of(Map.of("main.tf", text));
        return new TerraformSubjects(ModuleEvaluator.evaluate(files))
                .all().stream().filter(subject -> subject.kind().equals(kind)).toList();
    }

    private static Map<String, Object> without(Subject subject, String... names) {
        Map<String, Object> values = new HashMap<>(subject.self());
        List.of(names).forEach(values::remove);
        return values;
    }
}
