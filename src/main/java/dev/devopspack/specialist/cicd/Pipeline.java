package dev.devopspack.specialist.cicd;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pipeline shall be, with every choice made.
///
/// @param stages in their own order, none twice
/// @param targets in the order of deployment, those that count as production last; where nothing is
///   deployed, what was given all the same
/// @param manager null where the project needs no choice
/// @param components what becomes an image; empty for Terraform
/// @param version of the language or tool; empty where the project's own files say it
/// @param lintTask the project's own task that checks the style
/// @param testTask the project's own task that runs the tests
/// @param directory the folder that holds a root module for each environment
/// @param assumed what was not given and holds by default, a short text each
record Pipeline(
        ProjectType type,
        List<Stage> stages,
        List<Target> targets,
        @Nullable PackageManager manager,
        Layout layout,
        List<Component> components,
        Cloud cloud,
        Registry registry,
        DeployTo deployTo,
        String branch,
        String version,
        String lintTask,
        String testTask,
        String directory,
        int waitMinutes,
        boolean attestations,
        List<String> assumed) {

    Pipeline {
        stages = List.copyOf(stages);
        targets = List.copyOf(targets);
        components = List.copyOf(components);
        assumed = List.copyOf(assumed);
    }

    boolean has(Stage stage) {
        return stages.contains(stage);
    }

    /// Whether it asks DevOps Pack before it deploys: before production, and where infrastructure
    /// is changed before every environment.
    boolean asks() {
        return has(Stage.DEPLOY)
                && (type == ProjectType.TERRAFORM || targets.stream().anyMatch(Target::production));
    }
}
