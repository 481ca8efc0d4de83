package dev.devopspack.specialist.cicd;

/// How a TypeScript project is laid out.
public enum Layout {
    /// A folder, a workspace and an image for each component.
    PACKAGES,
    /// One package and one image.
    SINGLE
}
