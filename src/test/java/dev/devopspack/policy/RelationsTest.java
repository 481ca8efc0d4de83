package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelationsTest {

    private static final String MODULE =
            """
            variable "other" {}
            resource "azurerm_sql_server" "a" {
              name = "db"
            }
            resource "azurerm_sql_server" "b" {
              name = "db"
            }
            resource "azurerm_sql_firewall_rule" "by_reference" {
              server_name = azurerm_sql_server.a.name
            }
            resource "azurerm_sql_firewall_rule" "by_name" {
              server_name = "db"
            }
            resource "azurerm_sql_firewall_rule" "elsewhere" {
              server_name = "other"
            }
            """;

    @Test
    void referenceMeansTheOneItNamesEvenWhereAnotherIsCalledTheSame() {
        assertEquals(List.of("by_reference", "by_name"), rulesOf(MODULE, "a"));
        assertEquals(List.of("by_name"), rulesOf(MODULE, "b"));
    }

    @Test
    void whoRefersAndWhoNamesComeInTheOrderOfTheFiles() {
        String later =
                """
                resource "azurerm_sql_firewall_rule" "later" {
                  server_name = azurerm_sql_server.a.name
                }
                """;

        assertEquals(List.of("by_reference", "by_name", "later"), rulesOf(MODULE + later, "a"));
    }

    @Test
    void attributeIsFollowedToWhatItRefersTo() {
        TerraformSubjects module = module(MODULE);

        assertEquals(List.of("a"), serversOf(module, "by_reference"));
        assertEquals(List.of("a", "b"), serversOf(module, "by_name"));
        assertEquals(List.of(), serversOf(module, "elsewhere"));
    }

    @Test
    void whatAVariableNamesIsUnknown() {
        TerraformSubjects module =
                module(
                        MODULE
                                + "resource \"azurerm_sql_firewall_rule\" \"v\" {\n"
                                + "  server_name = var.other\n}\n");

        Attributes rule = self(module, "azurerm_sql_firewall_rule", "v");
        assertTrue(
                Relations.referredBy(rule, "server_name", "azurerm_sql_server")
                        instanceof CelUnknownSet);
    }

    private static List<String> rulesOf(String text, String server) {
        Attributes self = self(module(text), "azurerm_sql_server", server);
        return names(Relations.pointingTo(self, "azurerm_sql_firewall_rule", "server_name"));
    }

    private static List<String> serversOf(TerraformSubjects module, String rule) {
        Attributes self = self(module, "azurerm_sql_firewall_rule", rule);
        return names(Relations.referredBy(self, "server_name", "azurerm_sql_server"));
    }

    private static List<String> names(Object found) {
        return ((List<?>) found)
                .stream()
                        .map(item -> String.valueOf(((Attributes) item).get("resourceAddress")))
                        .map(address -> address.substring(address.indexOf('.') + 1))
                        .toList();
    }

    private static Attributes self(TerraformSubjects module, String type, String name) {
        return module.ofKind(type).stream()
                .filter(subject -> subject.address().equals(type + "." + name))
                .map(Subject::self)
                .findFirst()
                .orElseThrow();
    }

    private static TerraformSubjects module(String text) {
        return new TerraformSubjects(
                ModuleEvaluator.evaluate(ModuleFiles.of(Map.of("main.tf", text))));
    }
}
