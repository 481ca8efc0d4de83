package dev.devopspack.language.workflow;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowFuzzTest {

    private static final int MUTANTS = 2_000;

    private static final String SEED =
            """
            name: CI
            on:
              push: {branches: [main, 'release/**'], paths-ignore: [docs/**]}
              schedule: [{cron: '30 5 * * 1-5', timezone: Europe/Berlin}]
              workflow_dispatch:
                inputs:
                  level: {type: choice, options: [a, b], default: a}
            permissions: {contents: read}
            concurrency:
              group: ${{ github.workflow }}-${{ github.ref }}
              cancel-in-progress: ${{ github.ref != 'refs/heads/main' }}
            env: &env
              A: ${{ vars.A }}
            jobs:
              build:
                name: build ${{ matrix.os }}
                runs-on: ${{ matrix.os }}
                strategy:
                  matrix:
                    os: [ubuntu-latest, windows-latest]
                    node: [20, 22]
                    include: [{os: macos-latest, node: 22, extra: true}]
                    exclude: [{os: windows-latest, node: 20}]
                services:
                  db: {image: 'postgres:17', env: *env, credentials: {username: u, password: '${{ secrets.P }}'}}
                outputs:
                  digest: ${{ steps.build.outputs.digest }}
                steps:
                  - uses: actions/checkout@v4 # v4.2.2
                    with: {persist-credentials: false}
                  - id: build
                    if: always() && !contains(fromJSON('["a","b"]'), inputs.level)
                    shell: bash
                    run: |
                      echo "digest=$(make "${{ github.event.head_commit.message }}")" >> "$GITHUB_OUTPUT"
                      npm ci && npm publish --tag next | tee log
              deploy:
                needs: build
                uses: ./.github/workflows/deploy.yml
                with: {digest: '${{ needs.build.outputs.digest }}'}
                secrets: inherit
            """;

    @Test
    void seedIsAGoodWorkflow() {
        assertTrue(
                WorkflowFuzz.read(SEED).filter(List::isEmpty).isPresent(),
                () -> WorkflowFuzz.read(SEED).toString());
    }

    @Test
    void noMutantMakesAReaderThrow() {
        WorkflowFuzz fuzz = new WorkflowFuzz(7);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            assertDoesNotThrow(() -> WorkflowFuzz.read(mutant), mutant);
        }
    }
}
