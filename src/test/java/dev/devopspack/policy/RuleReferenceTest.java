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

                ## Parameters

                What you set of them in one file, for `scan --parameters FILE` and `devopspack.rules.parameters`:

                ```yaml
                parameters:
                  DP-AWS-CW-003: {days: 400}
                ```

                | rule | parameter | type | without a word | meaning |
                |---|---|---|---|---|
                """);
        rules.forEach(rule ->
                rule.parameters()
                        .forEach((name, parameter) ->
                                page.append(
                                        "| %s | `%s` | %s | `%s` | %s |\n"
                                                .formatted(
                                                        rule.id(),
                                                        name,
                                                        parameter.type().label(),
                                                        parameter.standard(),
                                                        cell(parameter.meaning())))));
        page.append(
                """

                ## What a rule can say

                `require` and `when` are CEL over `self`, with Terraform's conversions: `"true"` equals `true`.
                An attribute that is not written is null; `has()` is not there, write `self.name != null` or
                `written(self, 'name')`. What the files do not tell makes the answer *unknown*, never yes or no.
                `contains`, `startsWith`, `endsWith` and `matches` are no where nothing is written.

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
                attributes and blocks of the resource, `lifecycle`, `provisioner`, `resourceAddress`, `resourceType`
                and `notKnown` (names of attributes that the files do not tell); `terraform/module` with the
                arguments of a call; and these, however they are written. Calls of some public modules of the
                registry are judged as the resources that they make, as far as their arguments tell.

                | subject | has |
                |---|---|
                | `aws/NetworkRule`, `aws/NetworkAclRule` | `direction`, `protocol`, `fromPort`, `toPort`, `ranges`, `description`, `allows`, `resourceType`; of an ACL entry also `refusedBefore`, the earlier entries that refuse everybody |
                | `azure/NetworkRule` | `direction`, `protocol`, `ports`, `ranges`, `description`, `allows`, `resourceType` |
                | `gcp/NetworkRule` | `direction`, `protocol`, `ports`, `ranges`, `description`, `allows`, `targeted`, `resourceType` |
                | `gcp/IamBinding` | `level` (`project`, `folder`, `organization`, `storage_bucket`, ...; `document`), `role`, `members`, `conditional`, `defaultAccount`, `resourceType` |
                | `aws/PolicyStatement` | `attachment` (`identity`, `trust`, `resource`, `document`), `resourceType`, `sid`, `effect`, `actions`, `notActions`, `resources`, `notResources`, `principals`, `notPrincipals`, `conditions` |
                | `github/Workflow`, `github/ActionFile` | `name`, `events`, `privileged` (it runs with the repository's rights on what others send), `startedByAnybody` (not only by a maintainer), `takesForeign` (files of a pull request or of another run), `runsCode`, `onlyCalled`, `permissions` and `ownPermissions` (`none` where nothing is written, `empty`, `some`, `read-all`, `write-all`), `jobsWithoutPermissions`, `concurrency` (`none`, `partly`, `whole`), `dispatchInputs` |
                | `github/Job` | `id`, `name`, `events`, `privileged`, `onlyCalled`, `labels`, `group`, `selfHosted`, `permissions`, `ownPermissions`, `writesIdToken`, `environment`, `hasTimeout`, `callsWorkflow`, `inheritsSecrets`, `secrets`, `checksOut` |
                | `github/Permission` | `scope`, `level`, `ofWorkflow`, `jobs` (how many it is for), `explained` |
                | `github/Step` | `id`, `name`, `action`, `with` (in lower case), `runs`, `shell`, `events`, `privileged`, `ofAction`, `hidesInputs`, `writesEnvironment`, `releases`, `jobPublishes`, `restoresCache`, `installsNewest`, `checksOutForeign`, `uploadsCheckout`, `publishesWithToken` |
                | `github/Action` (what `uses` names) | `text`, `source` (`repository`, `local`, `self`, `image`), `name`, `repository`, `owner`, `ref`, `pinned`, `version`, `commented`, `ofGithub`, `isWorkflow`, `winding`, `archived`, `resembles`, `alternative`, `advisory` |
                | `github/Image` | `image`, `service`, `known`, `tag`, `digest`, `options` |
                | `github/Variable` | `name`, `value` |
                | `github/Command` (of a script) | `program`, `words`, `text`, `next` (the program it is piped to), `shell`, `installs`, `publishes`, `usesToken`, `idToken`, `mentionsSecret` |
                | `github/Expression` | `text`, `key`, `name`, `isCode`, `paths`, `untrusted`, `untrustedVia` (a variable, or the object around it), `harmless`, `secrets`, `allSecrets`, `partOfSecret`, `computed`, `reducible`, `asksForBot`, `containsIn`, `falsyChoice`, `openToAll` (anybody can start it, with the secrets) |
                | `github/Diagnostic` | `kind`, `message`: what GitHub itself would refuse |
                | `kubernetes/Diagnostic` | `kind`, `path`, `message`, `hint`, `version`: what the target release would refuse, drop or not find; weighs nothing in a score |
                | `github/DependabotUpdate` | `ecosystem`, `directories`, `hasCooldown`, `cooldownDays`, `runsForeignCode` |
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
                + (rule.mechanicalMend().isPresent() ? " (`--fix`)" : "")
                + " | "
                + aliases
                + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
