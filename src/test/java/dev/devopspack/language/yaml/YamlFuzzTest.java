package dev.devopspack.language.yaml;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlFuzzTest {

    private static final int MUTANTS = 3000;

    private static final String SEED =
            """
            # a deployment
            apiVersion: apps/v1
            kind: Deployment
            metadata: &meta
              name: "web"
              labels: {app: web, 'tier': front}
            spec:
              template:
                metadata: {<<: *meta, name: other}
                spec:
                  containers:
                    - name: web
                      image: nginx:1.27 # pinned
                      command: [sh, -c, "echo \\u00e9"]
                      args:
                        - |
                          one # no comment
                          two
                        - >-
                          folded
                          text
                  ? key
                  : !!str 12
            ---
            {"kind": "List", "items": [*x, 0x1F, ~, on]}
            ...
            """;

    @Test
    void damagedTextIsReadWithoutEscapingExceptions() {
        YamlFuzz fuzz = new YamlFuzz(7);
        List<Boolean> valid = new ArrayList<>();

        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED.replace("*x", "1"));
            valid.add(assertDoesNotThrow(() -> YamlFuzz.read(mutant), mutant).valid());
        }

        assertTrue(valid.contains(true));
        assertFalse(valid.stream().allMatch(each -> each));
    }
}
