package dev.devopspack.policy.kubernetes;

import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Damages bases and overlays at random and has them built, which may not throw, and everything
/// that is built stands in one of the files. A tree is one text, its files behind lines of `=== `
/// and their name, so that a change also reaches from one file into the next. By hand: `java -cp
/// target/test-classes:target/classes:... dev.devopspack.policy.kubernetes.KustomizeFuzz MUTANTS`.
final class KustomizeFuzz {

    private static final Path SEED = Path.of("src/test/resources/kubernetes/kustomize-tree.txt");

    private static final String FILE = "=== ";

    private static final List<String> PIECES =
            List.of(
                    "=== base/kustomization.yaml\n",
                    "=== overlay/kustomization.yaml\n",
                    "=== patch.yaml\n",
                    "resources: [../base]\n",
                    "resources: [.]\n",
                    "resources: [../overlay]\n",
                    "bases:\n- ../base\n",
                    "components: [../part]\n",
                    "kind: Component\n",
                    "namespace: live\n",
                    "patches:\n- path: ",
                    "- patch: |-\n    ",
                    "patchesStrategicMerge:\n- ",
                    "patchesJson6902:\n",
                    "target: {kind: \".*\"}\n",
                    "target: {name: \"(((((a*)*)*)*)*)*\"}\n",
                    "{op: add, path: /spec/template, value: *a}",
                    "{op: remove, path: \"\"}",
                    "{op: move, from: /spec, path: /spec/spec}",
                    "{op: copy, from: /metadata, path: /metadata/labels}",
                    "path: /spec/containers/-/",
                    "path: /~2/~1~0/-1/99999999999",
                    "$patch: delete\n",
                    "$patch: replace\n",
                    "$setElementOrder/containers: []\n",
                    "labels: [{pairs: {a: b}, includeSelectors: true}]\n",
                    "images: [{name: nginx, newTag: \"\"}]\n",
                    "replicas: [{name: web, count: -1}]\n",
                    "kind: Deployment\n",
                    "metadata: {name: web}\n",
                    "metadata: []\n",
                    "spec: {template: null}\n",
                    "containers: {}\n",
                    "---\n",
                    "&a ",
                    "*a",
                    "<<: *a\n",
                    "{",
                    "}",
                    "[",
                    "]",
                    ": ",
                    "- ",
                    "\n",
                    "\n  ",
                    "|\n",
                    "null",
                    "1e999",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "../",
                    "/etc/passwd");

    private final Mutation mutation;

    KustomizeFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    static String seed() throws IOException {
        return Files.readString(SEED);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    static SubjectReader.Reading read(String tree) {
        Map<String, String> files = files(tree);
        SubjectReader.Reading reading = new KubernetesReader().read(files);
        for (SubjectReader.Problem problem : reading.problems()) {
            check(files, problem.file(), problem.line(), problem.column());
        }
        for (Subject subject : reading.subjects()) {
            check(files, subject.place());
            for (String path : List.of("metadata.name", "spec.replicas", "spec.template.spec")) {
                subject.placeOf(path).ifPresent(place -> check(files, place));
            }
        }
        return reading;
    }

    private static Map<String, String> files(String tree) {
        Map<String, StringBuilder> texts = new TreeMap<>();
        StringBuilder text = texts.computeIfAbsent("first.yaml", _ -> new StringBuilder());
        for (String line : tree.split("(?<=\n)", -1)) {
            if (line.startsWith(FILE)) {
                String name = line.substring(FILE.length()).strip();
                text = texts.computeIfAbsent(name, _ -> new StringBuilder());
            } else {
                text.append(line);
            }
        }
        Map<String, String> files = new TreeMap<>();
        texts.forEach((name, written) -> files.put(name, written.toString()));
        return files;
    }

    private static void check(Map<String, String> files, Subject.Place place) {
        check(files, place.file(), place.line(), place.column());
    }

    private static void check(Map<String, String> files, String file, int line, int column) {
        String text = files.get(file);
        if (text == null || line < 1 || line > text.lines().count() + 1 || column < 1) {
            throw new IllegalStateException("in no file: " + file + ":" + line + ":" + column);
        }
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "Kustomize",
                List.of(seed()),
                PIECES,
                Integer.parseInt(arguments[0]),
                mutant -> !read(mutant).subjects().isEmpty());
    }
}
