package dev.devopspack.manager;

import dev.devopspack.approval.SecretKinds;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.SecretReference;
import dev.devopspack.language.hcl.Hcl;
import dev.devopspack.language.hcl.HclParser;
import java.util.ArrayList;
import java.util.List;

/// Finds what the files create or change of secrets, by the kinds of their resources.
///
/// Read from the syntax, not from an evaluation: a resource counts even where its `count` may be
/// zero.
final class TouchedSecrets {

    private TouchedSecrets() {}

    static List<SecretReference> in(Artifacts artifacts) {
        List<SecretReference> found = new ArrayList<>();
        for (Artifact file : artifacts) {
            String name = file.name().value();
            if (name.endsWith(".tf")) {
                HclParser.parse(name, file.text()).body().blocks().stream()
                        .filter(TouchedSecrets::isResource)
                        .forEach(block -> add(found, name, file.text(), block));
            } else {
                found.addAll(SecretManifests.in(name, file.text()));
            }
        }
        return found.stream().distinct().toList();
    }

    private static boolean isResource(Hcl.Block block) {
        return block.type().equals("resource") && block.labels().size() == 2;
    }

    private static void add(
            List<SecretReference> found, String file, String text, Hcl.Block block) {
        String folder = folderOf(file);
        String type = block.labels().get(0);
        if (SecretKinds.inTerraform(type)) {
            found.add(new SecretReference(folder + type + "." + block.labels().get(1), type));
        } else if (type.startsWith("kubernetes_manifest") || type.equals("kubectl_manifest")) {
            SecretManifests.kindIn(written(text, block))
                    .ifPresent(kind ->
                            found.add(
                                    new SecretReference(
                                            folder + type + "." + block.labels().get(1), kind)));
        }
    }

    private static String written(String text, Hcl.Block block) {
        int end = Math.min(block.span().end(), text.length());
        return text.substring(Math.min(block.span().start(), end), end);
    }

    static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }
}
