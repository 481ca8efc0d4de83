package dev.devopspack.policy.compose;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ComposeFuzzTest {

    private static final int MUTANTS = 2_000;

    private static final String SEED =
            """
            name: shop
            x-common: &common {restart: always, logging: {driver: json-file}}
            services:
              web:
                <<: *common
                image: "nginx:${TAG:-1.27}"
                ports: ["80:80", "127.0.0.1:8443:443/tcp", {target: 9, published: "90-91"}]
                environment: {A: b, C: }
                volumes: [/etc:/etc:ro, {type: bind, source: /var/run/docker.sock, target: /s}]
                cap_drop: [ALL]
              db: {build: {context: .}, env_file: .env, environment: [PGPASSWORD=x]}
            networks: {front: {driver: bridge}}
            """;

    @Test
    void seedIsAGoodFile() {
        assertTrue(
                ComposeFuzz.read(SEED).problems().isEmpty()
                        && !ComposeFuzz.read(SEED).subjects().isEmpty());
    }

    @Test
    void noMutantMakesTheReaderThrow() {
        ComposeFuzz fuzz = new ComposeFuzz(7);
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = fuzz.mutant(SEED);
            assertDoesNotThrow(() -> ComposeFuzz.read(mutant), mutant);
        }
    }
}
