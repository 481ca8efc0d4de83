package dev.devopspack.specialist.cicd;

import org.jspecify.annotations.Nullable;

/// What runs the images.
public enum DeployTo {
    KUBERNETES(null, "kubernetes"),
    ECS(Cloud.AWS, "ecs"),
    CLOUD_RUN(Cloud.GCP, "cloud-run"),
    CONTAINER_APPS(Cloud.AZURE, "container-apps");

    private final @Nullable Cloud cloud;
    private final String script;

    DeployTo(@Nullable Cloud cloud, String script) {
        this.cloud = cloud;
        this.script = script;
    }

    /// Whose it is; null where every cloud has it.
    @Nullable Cloud cloud() {
        return cloud;
    }

    /// The file that says how an image is run there.
    String script() {
        return "target-" + script + ".sh";
    }
}
