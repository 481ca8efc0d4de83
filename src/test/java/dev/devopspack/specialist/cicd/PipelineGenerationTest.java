package dev.devopspack.specialist.cicd;

import static dev.devopspack.specialist.cicd.Pipelines.CAPABILITY;
import static dev.devopspack.specialist.cicd.Pipelines.file;
import static dev.devopspack.specialist.cicd.Pipelines.input;
import static dev.devopspack.specialist.cicd.Pipelines.pipeline;
import static dev.devopspack.specialist.cicd.Pipelines.proposal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.specialist.cicd.workflow.ActionTable;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import dev.devopspack.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PipelineGenerationTest {

    private static final List<String> TYPES = Pipelines.TYPES;

    private static final Pattern USES =
            Pattern.compile("[A-Za-z0-9-]+(/[A-Za-z0-9._-]+)+@[0-9a-f]{40}");

    private static final Pattern SETTING = Pattern.compile("(var|secret)s\\.([A-Z][A-Z0-9_]*)");

    @ParameterizedTest
    @FieldSource("TYPES")
    void aTypeOfProjectGivesTheseFiles(String type) {
        Outcome.Proposal proposal = proposal(input("project_type", type));

        StringBuilder names = new StringBuilder();
        proposal.artifacts()
                .forEach(file -> {
                    names.append(file.name()).append('\n');
                    if (file.name().value().endsWith(".yml")) {
                        Golden.assertMatches(
                                "cicd/" + type + "/" + file.name().value().replaceAll(".*/", ""),
                                file.text());
                    }
                });
        Golden.assertMatches(
                "cicd/" + type + "/outcome.txt",
                "files:\n"
                        + names
                        + "\nstack: "
                        + proposal.stack()
                        + "\n\nsummary:\n"
                        + String.join("\n", proposal.summary())
                        + "\n\nclaims:\n"
                        + String.join("\n", proposal.claims())
                        + "\n\nnext:\n"
                        + String.join("\n", proposal.next())
                        + "\n");
    }

    @Test
    void theSameInputGivesTheSameBytes() {
        for (Map<String, Object> input : Pipelines.combinations()) {
            PipelineGeneration again =
                    new PipelineGeneration(
                            ApprovalPolicy.TRIAL, ActionTable.shipped(), ScriptLibrary.shipped());

            assertEquals(proposal(input), again.perform(again.read(input), new Work(null, null)));
        }
    }

    @Test
    void theExampleIsTheWholeInputOfAPipelineThatNeedsNothingMore() {
        assertEquals(
                proposal(input("project_type", "typescript_fullstack")).artifacts(),
                proposal(CAPABILITY.example()).artifacts());
    }

    @Test
    void everyJobSaysWhatItMayHowLongItTakesAndUsesPinnedActionsAlone() {
        for (Map<String, Object> input : Pipelines.combinations()) {
            for (Map<String, Object> workflow : workflows(input)) {
                assertEquals(Map.of(), workflow.get("permissions"));
                map(workflow, "jobs").forEach((id, job) -> assertGuarded(id, asMap(job)));
            }
        }
    }

    private static void assertGuarded(String id, Map<String, Object> job) {
        assertTrue(job.containsKey("permissions"), id);
        assertTrue(job.get("timeout-minutes") instanceof Integer, id);
        if (job.containsKey("environment")) {
            Map<String, Object> turns = map(job, "concurrency");
            assertEquals(false, turns.get("cancel-in-progress"), id);
            if (id.matches("(deploy|restore|rollback)-.*")) {
                assertEquals("deploy-" + job.get("environment"), turns.get("group"), id);
            }
        }
        boolean releases =
                job.containsKey("environment") || map(job, "permissions").containsValue("write");
        for (Map<String, Object> step : steps(job)) {
            if (step.get("uses") instanceof String uses) {
                assertTrue(USES.matcher(uses).matches(), uses);
                assertFalse(releases && uses.startsWith("actions/cache"), id);
                if (step.get("with") instanceof Map<?, ?> with) {
                    assertFalse(releases && with.containsKey("cache"), id + " keeps a cache");
                }
            }
            if (step.get("run") instanceof String run) {
                assertFalse(run.contains("${{"), run);
            }
            if (String.valueOf(step.get("uses")).startsWith("actions/checkout@")) {
                Map<String, Object> asks = Map.of("fetch-depth", 0, "persist-credentials", false);
                assertEquals(
                        id.matches("(approve|judge)-.*")
                                ? asks
                                : Map.of("persist-credentials", false),
                        step.get("with"));
            }
        }
    }

    private static final Pattern FETCHED =
            Pattern.compile(
                    "curl|wget|@latest|\\bnpx\\b|pipx|corepack (prepare|install)|go install|apt-get"
                            + "|pip install (?!--require-hashes)");

    /// An input of an action by which it fetches a tool, without which it takes the newest.
    private static final Map<String, String> TOOL_INPUTS =
            Map.of(
                    "docker/setup-buildx-action", "version",
                    "google-github-actions/setup-gcloud", "version",
                    "astral-sh/setup-uv", "version",
                    "hashicorp/setup-terraform", "terraform_version");

    @Test
    void nothingIsFetchedInWhateverVersionIsTheNewest() {
        for (Map<String, Object> input : Pipelines.combinations()) {
            for (Map<String, Object> workflow : workflows(input)) {
                map(workflow, "jobs")
                        .forEach((id, job) ->
                                steps(asMap(job)).forEach(step -> assertPinned(id, step)));
            }
        }
        Map<String, Object> azure =
                map(read(pipeline("project_type", "go", "cloud", "azure")), "jobs");
        assertTrue(
                azure.get("deploy-staging").toString().contains("install-cli --client-version v1."),
                azure::toString);
    }

    private static void assertPinned(String id, Map<String, Object> step) {
        String run = String.valueOf(step.getOrDefault("run", ""));
        assertFalse(FETCHED.matcher(run).find(), () -> id + ": " + run);
        if (run.contains("install-cli")) {
            assertTrue(
                    run.matches(
                            "(?s).*--client-version v[0-9.]+ .*--kubelogin-version v[0-9.]+ .*"),
                    () -> id + ": " + run);
        }
        String action = String.valueOf(step.getOrDefault("uses", "")).replaceAll("@.*", "");
        if (TOOL_INPUTS.containsKey(action)) {
            String version = String.valueOf(map(step, "with").get(TOOL_INPUTS.get(action)));
            assertTrue(version.matches("v?[0-9]+\\.[0-9]+\\.[0-9]+"), () -> id + ": " + step);
        }
        if (action.equals("docker/setup-buildx-action")) {
            assertTrue(
                    map(step, "with")
                            .get("driver-opts")
                            .toString()
                            .matches("image=moby/buildkit:v[0-9.]+@sha256:[0-9a-f]{64}"),
                    () -> id + ": " + step);
        }
    }

    @Test
    void aJobThatRunsAgainKeepsItsResultsUnderANameThatIsNotTaken() {
        for (Map<String, Object> input : Pipelines.combinations()) {
            for (Map<String, Object> workflow : workflows(input)) {
                map(workflow, "jobs")
                        .forEach((id, job) ->
                                steps(asMap(job)).forEach(step -> assertNotTaken(id, step)));
            }
        }
    }

    /// GitHub refuses a second artifact of one name in a run, also in a later attempt.
    private static void assertNotTaken(String id, Map<String, Object> step) {
        String action = String.valueOf(step.getOrDefault("uses", "")).replaceAll("@.*", "");
        if (action.equals("anchore/sbom-action")) {
            String name = map(step, "with").get("artifact-name").toString();
            assertTrue(name.contains("${{ github.run_attempt }}"), () -> id + ": " + name);
        }
        if (action.equals("actions/upload-artifact")) {
            assertEquals(true, map(step, "with").get("overwrite"), () -> id + ": " + step);
        }
    }

    @Test
    void whatAJobWithoutAnEnvironmentReadsIsSetInTheRepository() {
        for (Map<String, Object> input : Pipelines.combinations()) {
            Outcome.Proposal proposal = proposal(input);
            String next = String.join("\n", proposal.next());
            map(read(file(proposal, PipelineFiles.PIPELINE)), "jobs")
                    .forEach((id, job) -> {
                        if (!asMap(job).containsKey("environment")) {
                            SETTING.matcher(job.toString())
                                    .results()
                                    .forEach(read ->
                                            assertTrue(
                                                    Pattern.compile(
                                                                    "Set the "
                                                                            + read.group(1)
                                                                            + "[a-z]* in the"
                                                                            + " repository: .*\\b"
                                                                            + read.group(2)
                                                                            + " ")
                                                            .matcher(next)
                                                            .find(),
                                                    () -> id + ": " + read.group() + "\n" + next));
                        }
                    });
        }
        assertTrue(
                pipeline("project_type", "go", "registry", "ecr")
                        .contains(
                                "# Set in the repository: variable AWS_BUILD_ROLE_ARN, variable"
                                        + " AWS_REGION, variable DEVOPS_PACK_URL, variable"
                                        + " IMAGE_REPOSITORY.\n"));
    }

    @Test
    void noCredentialsStandAmongTheFilesThatAnImageIsBuiltOf() {
        Map<String, Object> jobs =
                map(
                        read(
                                pipeline(
                                        "project_type", "go",
                                        "cloud", "gcp",
                                        "deploy_to", "cloud_run")),
                        "jobs");

        assertEquals(List.of(false), keepsAFile(asMap(jobs.get("build"))));
        assertEquals(List.of(true), keepsAFile(asMap(jobs.get("deploy-staging"))));
    }

    private static List<Object> keepsAFile(Map<String, Object> job) {
        return steps(job).stream()
                .filter(step ->
                        String.valueOf(step.get("uses")).startsWith("google-github-actions/auth@"))
                .map(step -> map(step, "with").get("create_credentials_file"))
                .toList();
    }

    @Test
    void aReleaseThatWorksStaysAlsoWhereDevOpsPackCouldNotBeTold() {
        Map<String, Object> jobs = map(read(pipeline("project_type", "go")), "jobs");
        Map<String, Object> deploy = asMap(jobs.get("deploy-production"));
        List<Object> names = steps(deploy).stream().map(step -> step.get("name")).toList();

        assertEquals(
                "${{ steps.smoke-test.outcome }}", map(deploy, "outputs").get("works").toString());
        assertEquals(
                "${{ always() && needs.deploy-production.outputs.works != 'success' &&"
                        + " contains(fromJSON('[\"success\", \"failure\", \"cancelled\"]'),"
                        + " needs.deploy-production.outputs.began) }}",
                asMap(jobs.get("restore-production")).get("if"));
        assertTrue(
                names.indexOf("Smoke test") < names.indexOf("Report how it went"), names::toString);
    }

    @Test
    void aReleaseToProductionReturnsToWhatSucceededAndOneToStagingToWhatRan() {
        Map<String, Object> jobs = map(read(pipeline("project_type", "go")), "jobs");

        assertEquals(
                List.of(
                        "${{ steps.previous.outputs.previous }}",
                        "${{ steps.before.outputs.previous }}"),
                List.of(
                        map(asMap(jobs.get("deploy-production")), "outputs").get("previous"),
                        map(asMap(jobs.get("deploy-staging")), "outputs").get("previous")));
        assertEquals(
                "${{ needs.deploy-production.outputs.running }}",
                map(asMap(jobs.get("restore-production")), "env").get("RUNNING"));
        List<Object> names =
                steps(asMap(jobs.get("deploy-production"))).stream()
                        .map(step -> step.get("name"))
                        .toList();
        assertEquals(
                names.indexOf("Note what runs now") + 1,
                names.indexOf("Note what to return to"),
                names::toString);
    }

    @Test
    void aRollbackRunsOnTheBranchThatIsDeployed() {
        Map<String, Object> jobs =
                map(
                        read(
                                Pipelines.file(
                                        Pipelines.proposal(
                                                input(
                                                        "project_type", "go",
                                                        "default_branch", "release/1.0")),
                                        PipelineFiles.ROLLBACK)),
                        "jobs");

        assertEquals(
                "${{ github.ref == 'refs/heads/release/1.0' }}",
                asMap(jobs.get("images")).get("if"));
    }

    @Test
    void terraformIsReadyBeforeAnApprovalIsUsed() {
        Map<String, Object> jobs = map(read(pipeline("project_type", "terraform")), "jobs");
        List<Object> names =
                steps(asMap(jobs.get("deploy-production"))).stream()
                        .map(step -> step.get("name"))
                        .toList();

        assertEquals(
                List.of(
                        "Prepare the module",
                        "Put together what is approved",
                        "Use the approval once",
                        "Apply exactly this plan"),
                names.subList(
                        names.indexOf("Prepare the module"),
                        names.indexOf("Check that it is as planned")));
    }

    @Test
    void noInfrastructureIsChangedBeforeTheGatesHaveLookedAtThePlan() {
        for (Map<String, Object> input : Pipelines.combinations()) {
            if (input.get("project_type").equals("terraform")) {
                map(read(file(proposal(input), PipelineFiles.PIPELINE)), "jobs")
                        .forEach((id, job) -> assertJudged(id, asMap(job)));
            }
        }
        String staging = pipeline("project_type", "terraform", "environments", List.of("staging"));
        assertEquals(
                List.of("lint", "test", "plan-staging", "judge-staging", "deploy-staging"),
                List.copyOf(map(read(staging), "jobs").keySet()));
    }

    /// What applies a plan comes after a job that submitted it, and after a look at the same bytes.
    private static void assertJudged(String id, Map<String, Object> job) {
        List<String> runs =
                steps(job).stream().map(step -> String.valueOf(step.get("run"))).toList();
        int applied = runs.indexOf("bash .github/scripts/terraform.sh apply");
        if (applied < 0) {
            return;
        }
        String scope = id.substring("deploy-".length());
        boolean people = scope.matches("(prod|live).*");
        assertEquals(
                List.of("plan-" + scope, (people ? "approve-" : "judge-") + scope),
                job.get("needs"));
        assertEquals(
                "bash .github/scripts/devops-pack.sh consume \"$RUNNER_TEMP/release\" plan.bin",
                runs.get(applied - 1));
        assertEquals(people ? null : "where-asked", map(job, "env").get("DEVOPS_PACK_PEOPLE"), id);
    }

    @Test
    void terraformSignsItselfInToAzure() {
        Map<String, Object> jobs =
                map(
                        read(
                                pipeline(
                                        "project_type", "terraform",
                                        "cloud", "azure",
                                        "environments", List.of("prod-eu"))),
                        "jobs");

        assertEquals(
                Map.of("terraform.sh plan", "${{ vars.AZURE_PLAN_CLIENT_ID_PROD_EU }}"),
                signedIn(asMap(jobs.get("plan-prod-eu"))));
        assertEquals(Map.of(), signedIn(asMap(jobs.get("approve-prod-eu"))));
        assertEquals(
                Map.of(
                        "terraform.sh ready", "${{ vars.AZURE_CLIENT_ID }}",
                        "terraform.sh apply", "${{ vars.AZURE_CLIENT_ID }}",
                        "terraform.sh check", "${{ vars.AZURE_CLIENT_ID }}"),
                signedIn(asMap(jobs.get("deploy-prod-eu"))));
        assertFalse(pipeline("project_type", "terraform").contains("ARM_"));
    }

    /// The application as which each step of a job signs terraform in.
    private static Map<String, Object> signedIn(Map<String, Object> job) {
        Map<String, Object> applications = new TreeMap<>();
        for (Map<String, Object> step : steps(job)) {
            if (step.get("env") instanceof Map<?, ?> env && env.containsKey("ARM_USE_OIDC")) {
                assertEquals("true", env.get("ARM_USE_OIDC"));
                assertEquals("${{ vars.AZURE_TENANT_ID }}", env.get("ARM_TENANT_ID"));
                assertEquals("${{ vars.AZURE_SUBSCRIPTION_ID }}", env.get("ARM_SUBSCRIPTION_ID"));
                applications.put(
                        String.valueOf(step.get("run")).replaceAll(".*/", ""),
                        String.valueOf(env.get("ARM_CLIENT_ID")));
            }
        }
        return applications;
    }

    @Test
    void cloudRunTakesImagesOfGooglesRegistry() {
        Map<String, Object> given =
                input("project_type", "go", "cloud", "gcp", "deploy_to", "cloud_run");

        assertTrue(
                proposal(given).claims().getFirst().contains("registry = artifact_registry"),
                () -> proposal(given).claims().toString());
        given.put("registry", "ghcr");
        assertRefused(
                "/input/registry: 'cloud_run' runs no images of 'ghcr'. Add `registry:"
                        + " artifact_registry`, or deploy to kubernetes.",
                given);
    }

    @Test
    void onlyJobsThatNeedItMayWrite() {
        List<String> writing = new ArrayList<>();
        Map<String, Object> workflow =
                workflows(input("project_type", "typescript_fullstack")).getFirst();
        map(workflow, "jobs")
                .forEach((id, job) ->
                        map(asMap(job), "permissions")
                                .forEach((scope, level) -> {
                                    if (level.equals("write")) {
                                        writing.add(id + " " + scope);
                                    }
                                }));

        assertEquals(
                List.of(
                        "build attestations",
                        "build id-token",
                        "build packages",
                        "deploy-staging id-token",
                        "restore-staging id-token",
                        "deploy-production id-token",
                        "restore-production id-token"),
                writing);
    }

    @Test
    void aStageThatIsLeftOutLeavesItsJobsOut() {
        assertEquals(
                List.of("lint", "test", "try-build", "build"),
                jobs("stages", List.of("build", "test", "lint")));
        assertEquals(List.of("lint"), jobs("stages", List.of("lint")));
        assertEquals(
                List.of(
                        "try-build",
                        "build",
                        "deploy-staging",
                        "restore-staging",
                        "approve-production",
                        "deploy-production",
                        "restore-production"),
                jobs("stages", List.of("deploy", "build")));
        assertEquals(
                List.of(".github/workflows/pipeline.yml"),
                proposal(input("project_type", "go", "stages", List.of("lint")))
                        .artifacts()
                        .list()
                        .stream()
                        .map(file -> file.name().value())
                        .toList());
    }

    @Test
    void onlyWhatCountsAsProductionWaitsForAnApproval() {
        List<String> staging = jobs("environments", List.of("staging"));
        List<String> live = jobs("environments", List.of("live", "staging"));

        assertEquals(
                List.of("lint", "test", "try-build", "build", "deploy-staging", "restore-staging"),
                staging);
        assertEquals(
                List.of(
                        "deploy-staging",
                        "restore-staging",
                        "approve-live",
                        "deploy-live",
                        "restore-live"),
                live.subList(4, live.size()));
        assertFalse(
                proposal(input("project_type", "go", "environments", List.of("staging")))
                        .artifacts()
                        .find(".github/scripts/devops-pack.sh")
                        .isPresent());
    }

    @Test
    void itActsOnWhatItDeploysToAndOtherwiseOnWhatTheTaskNames() {
        Map<String, Object> builds =
                input("project_type", "go", "stages", List.of("lint", "build"));
        Outcome.Proposal named =
                assertInstanceOf(
                        Outcome.Proposal.class,
                        CAPABILITY.perform(
                                CAPABILITY.read(builds),
                                new Work(Environment.PRODUCTION, new StackName("shop/ci"))));

        assertEquals(
                List.of(new Environment("staging"), Environment.PRODUCTION),
                proposal(input("project_type", "go")).environments());
        assertEquals(List.of(new Environment("development")), proposal(builds).environments());
        assertEquals(List.of(Environment.PRODUCTION), named.environments());
        assertEquals(new StackName("shop/ci"), named.stack());
    }

    @Test
    void theLayoutDecidesWhatBecomesAnImage() {
        String packages =
                pipeline(
                        "project_type",
                        "typescript_fullstack",
                        "components",
                        List.of("apps/web", "api"));
        String single = pipeline("project_type", "typescript_fullstack", "layout", "single");

        assertEquals(
                List.of("apps/web/Dockerfile", "api/Dockerfile"),
                dockerfilesThatArePushed(packages));
        assertEquals(List.of("Dockerfile"), dockerfilesThatArePushed(single));
        assertTrue(packages.contains("working-directory: apps/web"));
        assertFalse(single.contains("working-directory"));
    }

    private static List<String> dockerfilesThatArePushed(String workflow) {
        List<String> files = new ArrayList<>();
        for (Map<String, Object> step : steps(asMap(map(read(workflow), "jobs").get("build")))) {
            if (step.get("with") instanceof Map<?, ?> with && with.containsKey("tags")) {
                files.add(String.valueOf(with.get("file")));
            }
        }
        return files;
    }

    @Test
    void theProjectsOwnTasksAndBranchAreNamed() {
        String workflow =
                pipeline(
                        "project_type", "java_maven",
                        "tasks", Map.of("lint", "spotless:check"),
                        "default_branch", "release/1.0");

        assertTrue(workflow.contains("./mvnw --batch-mode --no-transfer-progress spotless:check"));
        assertTrue(workflow.contains("branches: [release/1.0]"));
    }

    @Test
    void withoutATypeItAsksForOneAndOffersAll() {
        Outcome.InputRequired asked =
                assertInstanceOf(Outcome.InputRequired.class, Pipelines.perform(input()));

        assertEquals(
                "What is built. Offered: " + String.join(", ", TYPES) + ".",
                asked.missing().getFirst().description());
        assertEquals(
                Map.of("type", "devops.cicd", "input", CAPABILITY.example()),
                asked.example().get("task"));
    }

    @Test
    void whatIsNotOfferedIsAnsweredWithWhatIs() {
        assertRefused(
                "/input/project_type: 'typescript' is not offered. Offered: typescript_fullstack,"
                        + " java_maven, python, go, docker_image, terraform.",
                input("project_type", "typescript"));
        assertRefused(
                "/input/project_type: 'java_mavn' is not offered. Did you mean 'java_maven'?"
                        + " Offered: typescript_fullstack, java_maven, python, go, docker_image,"
                        + " terraform.",
                input("project_type", "java_mavn"));
        assertRefused(
                "/input/runtime_version: this is a whole number. Give a text here: write it in"
                        + " quotes: \"24\".",
                input("project_type", "typescript_fullstack", "runtime_version", 24L));
        assertRefused(
                "/input/platform: 'gitlab_ci' is not offered. Offered: github_actions.",
                input("project_type", "go", "platform", "gitlab_ci"));
        assertRefused(
                "/input/stages/1: 'tests' is not offered. Did you mean 'test'? Offered: lint, test,"
                        + " build, deploy.",
                input("project_type", "go", "stages", List.of("lint", "tests")));
        assertRefused(
                "/input/project_typ: there is no input 'project_typ'. Did you mean 'project_type'?"
                        + " Known here: project_type, platform, stages, environments,"
                        + " package_manager, layout, components, cloud, registry, deploy_to,"
                        + " default_branch, runtime_version, tasks, directory, wait_minutes,"
                        + " attestations.",
                input("project_typ", "go"));
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertRefused(
                "/input/stages: 'deploy' has nothing to deploy without 'build'. Add build: what is"
                        + " built once is what is deployed.",
                input("project_type", "go", "stages", List.of("deploy")));
        assertRefused(
                "/input/stages: there is no stage. Name one of lint, test, build, deploy.",
                input("project_type", "go", "stages", List.of()));
        assertRefused(
                "/input/stages: a stage stands twice. Name each once.",
                input("project_type", "go", "stages", List.of("lint", "lint")));
        assertRefused(
                "/input/package_manager: 'npm' does not manage a project of type python. Offered:"
                        + " pip, uv.",
                input("project_type", "python", "package_manager", "npm"));
        assertRefused(
                "/input/registry: 'ecr' belongs to aws, not to gcp. Add `cloud: aws`, or choose"
                        + " another.",
                input("project_type", "go", "cloud", "gcp", "registry", "ecr"));
        assertRefused(
                "/input/layout: only typescript_fullstack has the layout 'packages'. Leave it out:"
                        + " the project becomes one image.",
                input("project_type", "go", "layout", "packages"));
        assertRefused(
                "/input/environments/1: 'staging' stands twice. Name each once.",
                input("project_type", "go", "environments", List.of("staging", "staging")));
        assertRefused(
                "/input/environments/0: 'plans' is an environment of the pipeline's own. Name it"
                        + " otherwise: its secrets are for other jobs.",
                input("project_type", "go", "environments", List.of("plans")));
        assertRefused(
                "/input/environments: there are 0 environments. Name 1 to 6, for example [staging,"
                        + " production].",
                input("project_type", "go", "environments", List.of()));
        assertRefused(
                "/input/components/1: two components are named 'api'. Let the folders end with"
                        + " different names.",
                input(
                        "project_type",
                        "typescript_fullstack",
                        "components",
                        List.of("a/api", "b/api")));
        assertRefused(
                "/input/components/0: 'environment' is what a rollback asks for besides images. Let"
                        + " the folder end with another name.",
                input(
                        "project_type",
                        "typescript_fullstack",
                        "components",
                        List.of("apps/environment")));
        assertRefused(
                "/input/wait_minutes: 0 minutes are out of bounds. Use 1 to 60.",
                input("project_type", "go", "wait_minutes", 0));
        assertRefused(
                "/input/tasks/lint: a project of type go has no such task to name. Leave it out.",
                input("project_type", "go", "tasks", Map.of("lint", "x")));
    }

    @ParameterizedTest
    @CsvSource({
        "environments",
        "components",
        "default_branch",
        "runtime_version",
        "lint",
        "directory"
    })
    void nothingThatACallerTypesBreaksOut(String field) {
        List<String> attempts =
                List.of(
                        "${{ secrets.X }}",
                        "a${{github.token}}",
                        "$(id)",
                        "`id`",
                        "a; id",
                        "a && id",
                        "a\nrun: id",
                        "a\\nb",
                        "\"a",
                        "'a",
                        "a: b",
                        "a #b",
                        "../a",
                        "/a",
                        "a/../b",
                        "-a",
                        "--help",
                        "a b",
                        "a*",
                        "\u202Ea",
                        "é",
                        "",
                        "a".repeat(500),
                        "a\u0000");
        for (String attempt : attempts) {
            InvalidInput refused =
                    assertThrows(
                            InvalidInput.class,
                            () -> Pipelines.perform(hostile(field, attempt)),
                            () -> field + " takes " + attempt);
            assertFalse(refused.mend().isEmpty());
        }
    }

    private static Map<String, Object> hostile(String field, String attempt) {
        return switch (field) {
            case "environments", "components" ->
                    input("project_type", "typescript_fullstack", field, List.of(attempt));
            case "lint" ->
                    input("project_type", "typescript_fullstack", "tasks", Map.of("lint", attempt));
            case "directory" -> input("project_type", "terraform", field, attempt);
            default -> input("project_type", "typescript_fullstack", field, attempt);
        };
    }

    private static void assertRefused(String message, Map<String, Object> input) {
        InvalidInput refused =
                assertThrows(InvalidInput.class, () -> Pipelines.perform(input), message);
        assertEquals(message, refused.getMessage());
    }

    private static List<String> jobs(String name, Object value) {
        return List.copyOf(
                map(read(pipeline("project_type", "typescript_fullstack", name, value)), "jobs")
                        .keySet());
    }

    private static List<Map<String, Object>> workflows(Map<String, Object> input) {
        Outcome.Proposal proposal = proposal(input);
        List<Map<String, Object>> workflows =
                proposal.artifacts().list().stream()
                        .map(file -> file.name().value())
                        .filter(name -> name.endsWith(".yml"))
                        .map(name -> read(file(proposal, name)))
                        .toList();
        assertFalse(workflows.isEmpty(), input::toString);
        return workflows;
    }

    private static Map<String, Object> read(String yaml) {
        return asMap(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private static Map<String, Object> map(Map<String, Object> in, String key) {
        return asMap(in.get(key));
    }

    private static List<Map<String, Object>> steps(Map<String, Object> job) {
        return ((List<?>) job.get("steps")).stream().map(PipelineGenerationTest::asMap).toList();
    }

    @SuppressWarnings("unchecked") // mappings of a workflow have texts as keys
    private static Map<String, Object> asMap(Object value) {
        return (Map<String, Object>) value;
    }
}
