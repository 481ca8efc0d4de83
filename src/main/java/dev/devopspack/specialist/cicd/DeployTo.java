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

    /// Whether images of this registry can run there: Cloud Run takes those of Google's own.
    boolean takes(Registry registry) {
        return this != CLOUD_RUN || registry == Registry.ARTIFACT_REGISTRY;
    }

    /// The file that says how an image is run there.
    String script() {
        return "target-" + script + ".sh";
    }
}
