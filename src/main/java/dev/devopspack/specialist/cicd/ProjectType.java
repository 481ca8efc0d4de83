package dev.devopspack.specialist.cicd;

/// What a pipeline builds.
public enum ProjectType {
    TYPESCRIPT_FULLSTACK("24"),
    JAVA_MAVEN("25"),
    PYTHON("3.13"),
    GO(""),
    DOCKER_IMAGE(""),
    TERRAFORM("1.11.4");

    private final String usualVersion;

    ProjectType(String usualVersion) {
        this.usualVersion = usualVersion;
    }

    /// The version of its language or tool where none is given; empty where the project's own files
    /// say it.
    String usualVersion() {
        return usualVersion;
    }

    boolean buildsImages() {
        return this != TERRAFORM;
    }
}
