package dev.devopspack.specialist.cicd;

import org.jspecify.annotations.Nullable;

/// Where images are kept.
public enum Registry {
    /// GitHub's own, with the job's token.
    GHCR(null),
    ECR(Cloud.AWS),
    ARTIFACT_REGISTRY(Cloud.GCP),
    ACR(Cloud.AZURE);

    private final @Nullable Cloud cloud;

    Registry(@Nullable Cloud cloud) {
        this.cloud = cloud;
    }

    /// Whose it is; null where it needs no cloud.
    @Nullable Cloud cloud() {
        return cloud;
    }
}
