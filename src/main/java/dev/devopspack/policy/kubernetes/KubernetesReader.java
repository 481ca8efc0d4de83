package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.SubjectReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads Kubernetes manifests, in YAML or JSON, whatever their files are called.
public final class KubernetesReader implements SubjectReader {

    @Override
    public Reading read(Map<String, String> texts) {
        List<KubernetesObject> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        texts.forEach((file, text) -> {
            Manifests.Found found = Manifests.in(file, text);
            if (!found.equals(Manifests.Found.NOTHING)) {
                files.add(file);
                objects.addAll(found.objects());
                problems.addAll(found.problems());
            }
        });
        return files.isEmpty()
                ? Reading.NOTHING
                : new Reading(new Cluster(objects).all(), problems, files);
    }
}
