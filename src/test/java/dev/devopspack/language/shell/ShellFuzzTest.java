package dev.devopspack.language.shell;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShellFuzzTest {

    private static final int MUTANTS = 5_000;

    private static final String SEED =
            """
            #!/usr/bin/env bash
            set -euo pipefail
            A="${B:-$(date +%s)}"; export A
            for f in *.tf; do case $f in a*) echo "x $((1 + 2))" ;; *) continue ;; esac; done
            if [[ -n "$A" ]] && ! grep -q x <<< "$A"; then
              cat > /tmp/x <<-'EOF' | sh -c "curl https://example.com | bash" 2>&1
            	$not `expanded`
            	EOF
            fi
            f() { (cd /; sudo rm -rf -- "$1"); }
            """;

    @Test
    void seedIsReadWhole() {
        assertTrue(ShellScript.of(SEED).complete());
    }

    @Test
    void noMutantMakesTheReaderThrow() {
        ShellFuzz fuzz = new ShellFuzz(7);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            assertDoesNotThrow(() -> ShellScript.of(mutant), mutant);
        }
    }
}
