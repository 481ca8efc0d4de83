package dev.devopspack.manager;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;

/// What kind of files a change set holds.
final class Modules {

    private Modules() {}

    static boolean holdTerraform(Artifacts artifacts) {
        return artifacts.list().stream().anyMatch(Modules::isTerraform);
    }

    private static boolean isTerraform(Artifact file) {
        String name = file.name().value();
        return name.endsWith(".tf") || name.endsWith(".tf.json") || name.endsWith(".tfvars");
    }
}
