package dev.devopspack.specialist.cicd;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Artifact;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.specialist.cicd.workflow.ActionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes pipelines for the tests, each from its input alone.
final class Pipelines {

    static final PipelineGeneration CAPABILITY =
            new PipelineGeneration(
                    ApprovalPolicy.TRIAL, ActionTable.shipped(), ScriptLibrary.shipped());

    static final List<String> TYPES =
            List.of(
                    "typescript_fullstack",
                    "java_maven",
                    "python",
                    "go",
                    "docker_image",
                    "terraform");

    private Pipelines() {}

    /// @param pairs names and values of the input
    static Map<String, Object> input(Object... pairs) {
        Map<String, Object> input = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            input.put((String) pairs[i], pairs[i + 1]);
        }
        return input;
    }

    static Outcome.Proposal proposal(Map<String, Object> input) {
        return assertInstanceOf(Outcome.Proposal.class, perform(input));
    }

    static Outcome perform(Map<String, Object> input) {
        return CAPABILITY.perform(CAPABILITY.read(input), new Work(null, null));
    }

    static String file(Outcome.Proposal proposal, String name) {
        return proposal.artifacts().find(name).map(Artifact::text).orElseThrow();
    }

    static String pipeline(Object... pairs) {
        return file(proposal(input(pairs)), PipelineFiles.PIPELINE);
    }

    /// Inputs that cross what changes the workflow: types, package managers, layouts, stages,
    /// environments, clouds, registries and what runs the images.
    static List<Map<String, Object>> combinations() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String manager : List.of("npm", "pnpm", "yarn")) {
            for (String layout : List.of("packages", "single")) {
                for (List<String> stages : STAGES) {
                    for (List<String> environments : ENVIRONMENTS) {
                        all.add(
                                input(
                                        "project_type", "typescript_fullstack",
                                        "package_manager", manager,
                                        "layout", layout,
                                        "stages", stages,
                                        "environments", environments));
                    }
                }
            }
        }
        for (String type : TYPES.subList(1, TYPES.size())) {
            for (List<String> stages : STAGES) {
                all.add(input("project_type", type, "stages", stages));
            }
        }
        all.add(input("project_type", "python", "package_manager", "uv"));
        all.add(input("project_type", "go", "runtime_version", "1.25"));
        all.add(
                input(
                        "project_type",
                        "terraform",
                        "cloud",
                        "gcp",
                        "environments",
                        List.of("live")));
        all.add(input("project_type", "terraform", "cloud", "azure", "directory", "infra/live"));
        for (List<String> place : PLACES) {
            for (boolean attestations : List.of(true, false)) {
                all.add(
                        input(
                                "project_type", "typescript_fullstack",
                                "components", List.of("apps/web", "apps/api", "jobs"),
                                "cloud", place.get(0),
                                "registry", place.get(1),
                                "deploy_to", place.get(2),
                                "attestations", attestations));
            }
        }
        return all;
    }

    private static final List<List<String>> STAGES =
            List.of(
                    List.of("lint", "test", "build", "deploy"),
                    List.of("lint"),
                    List.of("test", "build"),
                    List.of("build", "deploy"));

    private static final List<List<String>> ENVIRONMENTS =
            List.of(
                    List.of("staging", "production"),
                    List.of("staging"),
                    List.of("live-eu", "development", "staging", "live-us"));

    private static final List<List<String>> PLACES =
            List.of(
                    List.of("aws", "ghcr", "kubernetes"),
                    List.of("aws", "ecr", "kubernetes"),
                    List.of("aws", "ecr", "ecs"),
                    List.of("gcp", "ghcr", "kubernetes"),
                    List.of("gcp", "artifact_registry", "kubernetes"),
                    List.of("gcp", "artifact_registry", "cloud_run"),
                    List.of("azure", "ghcr", "kubernetes"),
                    List.of("azure", "acr", "kubernetes"),
                    List.of("azure", "acr", "container_apps"));
}
