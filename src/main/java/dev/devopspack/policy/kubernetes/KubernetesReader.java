package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.kubernetes.KubernetesCheck;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import dev.devopspack.language.kubernetes.Manifest;
import dev.devopspack.language.kubernetes.ManifestProblem;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads Kubernetes manifests, in YAML or JSON, whatever their files are called.
public final class KubernetesReader implements SubjectReader {

    private final KubernetesVersion version;

    /// For the newest release that is known.
    public KubernetesReader() {
        this(KubernetesVersion.NEWEST);
    }

    /// @param version of the cluster that the manifests are for
    public KubernetesReader(KubernetesVersion version) {
        this.version = version;
    }

    @Override
    public Reading read(Map<String, String> texts) {
        List<KubernetesObject> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> files = new LinkedHashSet<>();
        Map<Manifest, String> addresses = new IdentityHashMap<>();
        List<Manifest> manifests = new ArrayList<>();
        Kustomizations kustomizations = new Kustomizations(texts);
        List<FileRead> read =
                List.copyOf(texts.entrySet()).parallelStream()
                        .map(each -> FileRead.of(each.getKey(), each.getValue()))
                        .toList();
        read.forEach(each -> {
            Manifests.Found found = each.found();
            String file = each.file();
            if (!found.equals(Manifests.Found.NOTHING)) {
                files.add(file);
                objects.addAll(found.objects());
                problems.addAll(found.problems());
                boolean partial = kustomizations.isPatch(file) || each.isPatch();
                found.written()
                        .forEach((object, root) -> {
                            Manifest manifest = new Manifest(file, root, partial);
                            manifests.add(manifest);
                            addresses.put(manifest, object.address());
                        });
            }
        });
        if (files.isEmpty()) {
            return Reading.NOTHING;
        }
        List<Subject> subjects = new ArrayList<>(new Cluster(objects).all());
        for (ManifestProblem problem :
                new KubernetesCheck(version, new DefinitionRules())
                        .of(manifests, !kustomizations.any())) {
            subjects.add(
                    new SchemaProblem(
                            problem,
                            addresses.getOrDefault(problem.manifest(), ""),
                            version.text()));
        }
        return new Reading(subjects, problems, files);
    }

    private record FileRead(String file, Manifests.Found found, boolean isPatch) {

        static FileRead of(String file, String text) {
            return new FileRead(file, Manifests.in(file, text), text.contains("$patch"));
        }
    }
}
