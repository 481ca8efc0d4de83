package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.Described;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `pipeline_generation` is asked with. Everything but the project's type has a default.
///
/// @param tasks names of the project's own tasks, where they are not called like their stages
public record PipelineInput(
        @Described("What is built.") @Nullable ProjectType projectType,
        @Described("Where the pipeline runs.") @Nullable Platform platform,
        @Described("Stages of the pipeline; all where left out.") @Nullable List<Stage> stages,
        @Described(
                        "Environments to deploy to, in this order; those that count as production"
                                + " come last and wait for an approval. An unknown name counts as"
                                + " production.")
                @Nullable List<String> environments,
        @Described("npm, pnpm or yarn for TypeScript; pip or uv for Python.")
                @Nullable PackageManager packageManager,
        @Described("packages: a folder and an image for each component; single: one image.")
                @Nullable Layout layout,
        @Described("Folders of the components in the layout packages.")
                @Nullable List<String> components,
        @Described("Cloud that the jobs sign in to by OpenID Connect, without keys.")
                @Nullable Cloud cloud,
        @Described("Registry of the images.") @Nullable Registry registry,
        @Described("What runs the images.") @Nullable DeployTo deployTo,
        @Described(value = "Branch that is deployed.", example = "main")
                @Nullable String defaultBranch,
        @Described("Version of the language or tool, for example 24 for Node.")
                @Nullable String runtimeVersion,
        @Described("Names of the project's own tasks, for example {\"lint\": \"check\"}.")
                @Nullable Tasks tasks,
        @Described("Terraform: folder that holds a root module for each environment.")
                @Nullable String directory,
        @Described(
                        "Minutes that a run waits for an approval before it ends with the link, 1 to 60.")
                @Nullable Integer waitMinutes,
        @Described("Whether images get signed provenance and an SBOM on GitHub.")
                @Nullable Boolean attestations) {

    /// @param lint npm script, Maven goal or Docker target that checks the style
    /// @param test the same for the tests
    public record Tasks(
            @Described(value = "Task that checks the style.", example = "lint")
                    @Nullable String lint,
            @Described(value = "Task that runs the tests.", example = "test")
                    @Nullable String test) {}
}
