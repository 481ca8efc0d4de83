package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.kubernetes.KubernetesCheck;
import dev.devopspack.language.kubernetes.KubernetesVersion;
import dev.devopspack.language.kubernetes.Manifest;
import dev.devopspack.language.kubernetes.ManifestProblem;
import dev.devopspack.language.kustomize.KustomizeBuilds;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.util.ArrayList;
import java.util.HashMap;
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
        List<FileRead> read =
                List.copyOf(texts.entrySet()).parallelStream()
                        .map(each -> FileRead.of(each.getKey(), each.getValue()))
                        .toList();
        KustomizeBuilds builds = builds(texts, read);
        read.forEach(each -> {
            Manifests.Found found = each.found();
            String file = each.file();
            if (!found.equals(Manifests.Found.NOTHING)) {
                files.add(file);
                if (!builds.isBuilt(file)) {
                    objects.addAll(found.objects());
                }
                problems.addAll(found.problems());
                boolean partial = builds.isPatch(file) || each.isPatch();
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
        objects.addAll(built(builds, read));
        List<Subject> subjects = new ArrayList<>(new Cluster(objects).all());
        for (ManifestProblem problem :
                new KubernetesCheck(version, new DefinitionRules()).of(manifests, !builds.any())) {
            subjects.add(
                    new SchemaProblem(
                            problem,
                            addresses.getOrDefault(problem.manifest(), ""),
                            version.text()));
        }
        return new Reading(subjects, problems, files);
    }

    private static KustomizeBuilds builds(Map<String, String> texts, List<FileRead> read) {
        Map<String, List<YamlNode.Mapping>> written = new HashMap<>();
        read.forEach(each -> {
            if (!each.found().written().isEmpty()) {
                written.put(each.file(), List.copyOf(each.found().written().values()));
            }
        });
        return KustomizeBuilds.of(texts, written);
    }

    /// What reaches a cluster of files that kustomizations take in; an object that nothing changes
    /// stays the one that is written.
    private static List<KubernetesObject> built(KustomizeBuilds builds, List<FileRead> read) {
        Map<YamlNode, KubernetesObject> asWritten = new IdentityHashMap<>();
        read.forEach(each ->
                each.found().written().forEach((object, root) -> asWritten.put(root, object)));
        return builds.objects().stream()
                .map(each -> {
                    KubernetesObject object = asWritten.get(each.root());
                    return object != null
                            ? object
                            : KubernetesObject.of(
                                    YamlValues.object(each.root()),
                                    new YamlPlaces(each.file(), each.root(), builds.files()));
                })
                .toList();
    }

    private record FileRead(String file, Manifests.Found found, boolean isPatch) {

        static FileRead of(String file, String text) {
            return new FileRead(file, Manifests.in(file, text), text.contains("$patch"));
        }
    }
}
