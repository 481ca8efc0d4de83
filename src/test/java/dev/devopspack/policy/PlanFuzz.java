package dev.devopspack.policy;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.fuzz.FuzzRun;
import dev.devopspack.fuzz.Mutation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Damages plans as `terraform show -json` prints them and scans them, which may not throw. By
/// hand, over the plans below a folder: `java -cp target/test-classes:target/classes:...
/// dev.devopspack.policy.PlanFuzz FOLDER MUTANTS`.
final class PlanFuzz {

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u00",
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "1e999",
                    "-0",
                    "[[[[[[[[",
                    "\"values\": 1,",
                    "\"address\": null,",
                    "\"address\": \"module.a[\\\"",
                    "\"index\": {},",
                    "\"mode\": \"data\",",
                    "\"after_unknown\": true,",
                    "\"after_unknown\": {\"a\": [true]},",
                    "\"actions\": [],",
                    "\"references\": [\"a\", 1],",
                    "\"child_modules\": [{}],",
                    "\"expressions\": [],",
                    "\u0000",
                    "\uD800",
                    "\u202E",
                    "😀");

    private final Mutation mutation;

    PlanFuzz(long seed) {
        mutation = new Mutation(PIECES, seed);
    }

    String mutant(String text) {
        return mutation.of(text);
    }

    /// @return what the rules say of the plan
    static ScanResult read(String text) {
        ScanResult result =
                new Scan(RuleCatalog.builtIn()).of(Artifacts.of(Artifact.of("plan.json", text)));
        if (!result.errors().isEmpty()) {
            throw new IllegalStateException(result.errors().getFirst().text());
        }
        return result;
    }

    static void main(String[] arguments) throws IOException {
        FuzzRun.of(
                "plans",
                FuzzRun.seeds(Path.of(arguments[0]), name -> name.endsWith(".json")).stream()
                        .filter(PlanModule::isPlan)
                        .toList(),
                PIECES,
                Integer.parseInt(arguments[1]),
                mutant -> read(mutant).complete());
    }
}
