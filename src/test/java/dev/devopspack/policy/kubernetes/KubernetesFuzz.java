package dev.devopspack.policy.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.language.yaml.Yaml;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlSchema;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts values of the wrong type into manifests and judges them by all rules, none of which may
/// break. By hand, over the manifests below a folder: `java -cp
/// target/test-classes:target/classes:... dev.devopspack.policy.kubernetes.KubernetesFuzz FOLDER
/// MUTANTS`.
final class KubernetesFuzz {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random;
    private final Scan scan = new Scan(RuleCatalog.builtIn());
    private int at;

    KubernetesFuzz(long seed) {
        random = new Random(seed);
    }

    static List<Object> documents(String text) {
        List<Object> documents = new ArrayList<>();
        Yaml.read("a.yaml", text, YamlSchema.KUBERNETES)
                .documents()
                .forEach(document -> documents.add(plain(document)));
        return documents;
    }

    private static @Nullable Object plain(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.value();
            case YamlNode.Sequence sequence -> {
                List<Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case YamlNode.Mapping mapping -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, entry) -> entries.put(key, plain(entry.value())));
                yield entries;
            }
        };
    }

    /// A copy with one value replaced by one of another type.
    List<Object> mutant(List<Object> documents) {
        at = random.nextInt(Math.max(1, size(documents)));
        List<Object> mutant = new ArrayList<>();
        documents.forEach(document -> mutant.add(copy(document)));
        return mutant;
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> 1 + map.values().stream().mapToInt(KubernetesFuzz::size).sum();
            case List<?> list -> 1 + list.stream().mapToInt(KubernetesFuzz::size).sum();
            case null, default -> 1;
        };
    }

    private @Nullable Object copy(@Nullable Object value) {
        if (at-- == 0) {
            return strange();
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, member) -> copy.put(String.valueOf(key), copy(member)));
                yield copy;
            }
            case List<?> list -> {
                List<Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(copy(item)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private @Nullable Object strange() {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> 3L;
            case 2 -> "x";
            case 3 -> List.of();
            case 4 -> Map.of();
            case 5 -> List.of("x", 1, List.of("y"));
            case 6 -> Map.of("a", "b");
            case 7 -> true;
            case 8 -> List.of(Map.of("name", Map.of("a", 1)));
            default -> 1.5;
        };
    }

    ScanResult judge(List<Object> documents) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Object document : documents) {
            text.append("---\n").append(JSON.writeValueAsString(document)).append('\n');
        }
        return scan.of(Artifacts.of(Artifact.of("a.yaml", text.toString())));
    }

    static void main(String[] arguments) throws IOException {
        List<List<Object>> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file :
                    files.filter(f -> f.toString().matches(".*\\.(ya?ml|json)"))
                            .sorted()
                            .toList()) {
                String text = Files.readString(file);
                if (text.contains("apiVersion") && text.length() < 20_000) {
                    seeds.add(documents(text));
                }
            }
        }
        KubernetesFuzz fuzz = new KubernetesFuzz(1);
        int mutants = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        Map<String, String> broken = new LinkedHashMap<>();
        for (int i = 0; i < mutants; i++) {
            List<Object> mutant = fuzz.mutant(seeds.get(fuzz.random.nextInt(seeds.size())));
            for (ScanResult.RuleError error : fuzz.judge(mutant).errors()) {
                broken.putIfAbsent(
                        error.rule(), error.message() + " " + JSON.writeValueAsString(mutant));
            }
        }
        broken.forEach((rule, why) -> System.out.println(rule + " " + why));
        double millis = (System.nanoTime() - start) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "%d mutants, %d rules broken, %.3f ms each%n",
                mutants,
                broken.size(),
                millis / mutants);
    }
}
