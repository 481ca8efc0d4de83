package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.Action;
import dev.devopspack.specialist.cicd.workflow.ActionTable;
import dev.devopspack.testing.Golden;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/pipelines.md` is written from what runs.
class PipelineReferenceTest {

    private static final String ABOUT =
            """
            # Pipelines

            What `devops_cicd`, `pipeline_generation` writes. This page is written from the program: do not edit it.

            ```yaml
            task:
              type: devops.cicd
              input:
                project_type: "typescript_fullstack"
                platform: "github_actions"
                stages: [lint, test, build, deploy]
                environments: [staging, production]
            ```

            ## What a pipeline does

            | job | when | what it may |
            |---|---|---|
            | `lint`, `test` | pull request and push | read the repository |
            | `try-build` | pull request | read the repository: the images are thrown away |
            | `build` | push | push images, sign where they come from and what is in them |
            | `deploy-staging` | after `build` | sign in to the cloud by OpenID Connect |
            | `restore-staging` | when a deployment began and its smoke test did not succeed | the same: what ran before runs again |
            | `approve-production` | after staging | ask DevOps Pack with a token that can only ask |
            | `deploy-production` | once people approved | use the approval once, deploy, report how it went |
            | `restore-production` | as for staging | the same |

            What is built once is deployed by its digest everywhere. `rollback.yml` returns an environment to images of a release that
            succeeded: production waits for an approval there as well.

            A deployment that runs is never ended by another. Of those that wait for it GitHub keeps the newest: an older one that
            still waits is dropped, and its approval stays unused. A rollback that has to come first is started when nothing waits.

            A release to production that fails goes back to what ran before it, unless that is what an earlier release left broken that
            nobody has undone yet: then to the images of the last release that succeeded. Before production nothing is reported, so
            there it is what ran before.

            A run whose commit lies behind the last release to production asks nobody, and one that was overtaken while it waited does
            not go on: going back is the rollback's work. A rollback that fails is not undone by itself: what it came from is what people
            wanted to leave. A release that works stays, also where its outcome could not be reported.

            ## Infrastructure

            A Terraform project plans once for each environment and applies exactly that plan, which leaves its job sealed.

            | job | when | what it may |
            |---|---|---|
            | `plan-staging` | after the checks | read the state |
            | `judge-staging` | after its plan | submit the plan and the module with a token that can only ask |
            | `deploy-staging` | once the gates have passed them | sign in to the cloud, apply what was judged |
            | `plan-production` | after staging | read the state |
            | `approve-production` | after its plan | ask people as well |
            | `deploy-production` | once people approved | use the approval once, apply, report how it went |

            No environment is spared: where no person is needed the gates look all the same, and a plan that they refuse is not applied.
            `judge-staging` ends with an error unless every gate passed or has nothing to say, and the security gate passed. It hands on
            one digest over the plan and every file; the deploying job puts them together anew and ends before it applies anything else.
            What creates or changes a secret is asked about in every environment: `judge-staging` then waits as `approve-production`
            does, and `deploy-staging` uses the approval. It needs `DEVOPS_PACK_TOKEN`, or its own identity, for nothing else.

            Images go to environments before production without being judged: a deployment changes which image runs and nothing of the
            configuration. The workflow and its scripts are judged when this task writes them, and by every request for production.

            ## How production is approved

            `.github/scripts/devops-pack.sh` puts together what is approved: `release.json` with the images' digests and the commit,
            the workflow, and every script that it runs. It submits them as a change set and waits. Where nobody approves in
            time the job ends with the link: approve, then run the failed jobs again; the same bytes are the same request. The
            deploying job presents the same files anew: one changed byte is refused, and an approval is used once. To deploy again after
            a failure, or when the approval ran out, run the job `approve-production` again: *Re-run failed jobs* leaves it out.

            Two tokens do this. `DEVOPS_PACK_REQUEST_TOKEN` (role `REQUESTER`) is a secret of the GitHub environment `approval-requests` and can only ask.
            `DEVOPS_PACK_TOKEN` (role `PIPELINE`) is a secret of the environment that is deployed to. The person behind the asking token cannot
            approve what it asks for. Where `DEVOPS_PACK_TOKEN` is not set the deploying job shows the identity that GitHub signs for it, which
            the server takes when its [enforcement file](how-to/let-pipelines-prove-themselves.md) names the workflow.

            Who wrote what is released does not approve it. The script names the authors of the commits since the last release to this
            environment that succeeded (`git log --format=%ae`, merges included; a rollback is no such release). Before the first release it
            names the author of the last commit alone, and where the last release or its commit is out of sight, those of the newest 1,000
            commits. It names at most 100 and says how many it left out. A commit says of itself who wrote it, so the server takes this as a claim that can only
            take the right to approve (not the right to deny) from people, on the page marked as not checked. Where the authors leave too few people to
            approve, the submission is refused and says what to do. An admin names on the page *Access* what addresses a person commits with.
            Co-authors in a commit's text are not read.

            An environment that the approval policy does not know counts as production.

            """;

    @Test
    void thePageSaysWhatCanBeAskedAndWhatIsUsed() {
        Golden.assertDocument("pipelines.md", ABOUT + inputs() + "\n" + actions());
    }

    private static String inputs() {
        StringBuilder table =
                new StringBuilder("## Inputs\n\n| input | what | offered |\n|---|---|---|\n");
        Map<?, ?> properties = (Map<?, ?>) Pipelines.CAPABILITY.inputSchema().get("properties");
        properties.forEach(
                (name, schema) -> table.append(row(name.toString(), (Map<?, ?>) schema)));
        return table.toString();
    }

    private static String row(String name, Map<?, ?> schema) {
        Object choices = schema.get("enum");
        if (choices == null && schema.get("items") instanceof Map<?, ?> items) {
            choices = items.get("enum");
        }
        String offered =
                choices instanceof List<?> list
                        ? list.stream()
                                .map(choice -> "`" + choice + "`")
                                .collect(Collectors.joining(", "))
                        : "";
        return "| `" + name + "` | " + schema.get("description") + " | " + offered + " |\n";
    }

    private static String actions() {
        ActionTable table = ActionTable.shipped();
        StringBuilder text =
                new StringBuilder("## Actions\n\nAt the commits of ")
                        .append(table.asOf())
                        .append(":\n\n| action | version | commit |\n|---|---|---|\n");
        for (Action action : new TreeMap<>(table.actions()).values()) {
            text.append("| `")
                    .append(action.name())
                    .append("` | ")
                    .append(action.version())
                    .append(" | `")
                    .append(action.sha())
                    .append("` |\n");
        }
        text.append("\n## Tools that jobs fetch\n\n| tool | version |\n|---|---|\n");
        new TreeMap<>(table.tools())
                .forEach((name, version) ->
                        text.append("| ")
                                .append(name)
                                .append(" | `")
                                .append(version)
                                .append("` |\n"));
        return text.toString();
    }
}
