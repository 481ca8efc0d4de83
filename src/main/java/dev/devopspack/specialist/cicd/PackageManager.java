package dev.devopspack.specialist.cicd;

import java.util.Arrays;
import java.util.List;

/// What installs a project's dependencies from its lock file.
public enum PackageManager {
    NPM(ProjectType.TYPESCRIPT_FULLSTACK, "package-lock.json"),
    PNPM(ProjectType.TYPESCRIPT_FULLSTACK, "pnpm-lock.yaml"),
    YARN(ProjectType.TYPESCRIPT_FULLSTACK, "yarn.lock"),
    PIP(ProjectType.PYTHON, "requirements.txt"),
    UV(ProjectType.PYTHON, "uv.lock");

    private final ProjectType type;
    private final String lockFile;

    PackageManager(ProjectType type, String lockFile) {
        this.type = type;
        this.lockFile = lockFile;
    }

    String lockFile() {
        return lockFile;
    }

    /// The usual one first; none where the project needs no choice.
    static List<PackageManager> of(ProjectType type) {
        return Arrays.stream(values()).filter(manager -> manager.type == type).toList();
    }
}
