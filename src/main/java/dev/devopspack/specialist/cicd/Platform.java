package dev.devopspack.specialist.cicd;

/// Where a pipeline runs.
public enum Platform {
    GITHUB_ACTIONS
}
