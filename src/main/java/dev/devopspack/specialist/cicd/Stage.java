package dev.devopspack.specialist.cicd;

/// What a pipeline does, in this order.
public enum Stage {
    LINT,
    TEST,
    BUILD,
    DEPLOY
}
