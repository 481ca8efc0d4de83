package dev.devopspack.policy;

import dev.devopspack.testing.Golden;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleReferenceTest {

    @Test
    void referenceIsWrittenFromTheRules() {
        List<Rule> rules = RuleCatalog.builtIn().rules();
        StringBuilder page =
                new StringBuilder(
                        """
                        # Rules

                        Written by a test from the rule files under `src/main/resources/rules/`; run
                        `./mvnw test -Dtest=RuleReferenceTest -Dgolden=update` after a change.

                        """);
        page.append("The weight of one evaluation in the security gate: ");
        page.append(
                List.of(Severity.values()).stream()
                        .map(s -> s.label() + " " + s.weight())
                        .collect(Collectors.joining(", ")));
        page.append(
                ".\n\n| id | severity | what it wants | judges | mend | also known as |\n|---|---|---|---|---|---|\n");
        rules.forEach(rule -> page.append(row(rule)));
        page.append(
                """

                ## What a rule can say

                `require` and `when` are CEL over `self`, with Terraform's conversions: `"true"` equals `true`.
                An attribute that is not written is null; `has()` is not there, write `self.name != null` or
                `written(self, 'name')`. What the files do not tell makes the answer *unknown*, never yes or no.

                | function | meaning |
                |---|---|
                """);
        RuleFunctions.all()
                .forEach(f ->
                        page.append("| `")
                                .append(f.signature())
                                .append("` | ")
                                .append(f.meaning())
                                .append(" |\n"));
        page.append(
                """

                Subjects are `terraform/TYPE` (also `terraform/data.TYPE` and `terraform/provider.NAME`) with all
                attributes and blocks of the resource, its `lifecycle`, `resourceAddress`, `resourceType` and `notKnown` (names of
                attributes that the files do not tell), and these, however they are written:

                | subject | has |
                |---|---|
                | `aws/NetworkRule`, `aws/NetworkAclRule` | `direction`, `protocol`, `fromPort`, `toPort`, `ranges`, `description`, `allows`, `resourceType` |
                | `azure/NetworkRule` | `direction`, `protocol`, `ports`, `ranges`, `description`, `allows`, `resourceType` |
                | `gcp/NetworkRule` | `direction`, `protocol`, `ports`, `ranges`, `description`, `allows`, `targeted`, `resourceType` |
                | `gcp/IamBinding` | `level` (`project`, `folder`, `organization`, `storage_bucket`, ...; `document`), `role`, `members`, `conditional`, `defaultAccount`, `resourceType` |
                | `aws/PolicyStatement` | `attachment` (`identity`, `trust`, `resource`, `document`), `resourceType`, `sid`, `effect`, `actions`, `notActions`, `resources`, `notResources`, `principals`, `notPrincipals`, `conditions` |
                | `any/Secret` | `kind`, `title`, `name`, `file`; never the value |
                """);

        Golden.assertDocument("rules.md", page.toString());
    }

    private static String row(Rule rule) {
        String aliases =
                rule.aliases().values().stream()
                        .map(ids ->
                                ids.size() > 4
                                        ? ids.getFirst() + " and " + (ids.size() - 1) + " more"
                                        : String.join(", ", ids))
                        .collect(Collectors.joining(", "));
        return "| "
                + rule.id()
                + " | "
                + rule.severity().label()
                + " | ["
                + cell(rule.title())
                + "]("
                + rule.source()
                + ") | "
                + rule.subjects().stream().map(s -> "`" + s + "`").collect(Collectors.joining(" "))
                + " | "
                + cell(rule.mend())
                + " | "
                + aliases
                + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
