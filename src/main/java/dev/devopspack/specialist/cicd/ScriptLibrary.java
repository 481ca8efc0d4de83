package dev.devopspack.specialist.cicd;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ArtifactName;
import dev.devopspack.change.Digest;
import dev.devopspack.language.data.ShippedFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The scripts that workflows run: real files, given as they are. What differs between projects
/// reaches them as variables.
record ScriptLibrary(Map<String, byte[]> scripts) {

    private static final String FOLDER = "/pipelines/scripts/";

    private static final List<String> NAMES =
            List.of(
                    "deploy.sh",
                    "devops-pack.sh",
                    "smoke-test.sh",
                    "target-cloud-run.sh",
                    "target-container-apps.sh",
                    "target-ecs.sh",
                    "target-kubernetes.sh",
                    "terraform.sh",
                    "verify-images.sh");

    static ScriptLibrary shipped() {
        Map<String, byte[]> scripts = new LinkedHashMap<>();
        NAMES.forEach(name -> scripts.put(name, ShippedFile.bytes(FOLDER + name)));
        return new ScriptLibrary(scripts);
    }

    /// @param as the name under which it stands in the project
    Artifact file(String name, String as) {
        byte[] bytes = scripts.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("there is no script " + name);
        }
        return Artifact.of(new ArtifactName(as), bytes);
    }

    /// The digest of each, by name.
    Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        scripts.forEach((name, bytes) -> digests.put(name, Digest.of(bytes).value()));
        return digests;
    }
}
