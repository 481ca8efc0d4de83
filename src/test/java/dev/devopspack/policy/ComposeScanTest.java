package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposeScanTest {

    private static final String GOOD =
            """
            name: shop
            x-safe: &safe
              security_opt: ["no-new-privileges:true"]
              cap_drop: [ALL]
              mem_limit: 256m
              cpus: 0.5
              pids_limit: 100
              restart: unless-stopped
              healthcheck:
                test: [CMD, wget, -q, -O-, http://localhost:8080/health]
            services:
              web:
                <<: *safe
                image: registry.example.com/web:1.4.2
                user: "1000:1000"
                read_only: true
                ports: ["127.0.0.1:8080:8080"]
                environment:
                  DB_PASSWORD_FILE: /run/secrets/db
                secrets: [db]
              db:
                <<: *safe
                image: postgres:17.2
                environment:
                  POSTGRES_PASSWORD_FILE: /run/secrets/db
                volumes: ["data:/var/lib/postgresql/data"]
                secrets: [db]
            volumes:
              data:
            secrets:
              db:
                file: ./db.txt
            """;

    private static ScanResult scan(String text) {
        return new Scan(RuleCatalog.builtIn()).of(Artifacts.of(Artifact.of("compose.yaml", text)));
    }

    @Test
    void goodFileHasNoFinding() {
        ScanResult result = scan(GOOD);

        assertEquals(List.of(), result.findings());
        assertEquals(List.of(), result.unknowns());
        assertTrue(result.complete());
        assertEquals(2, result.resources());
    }

    @Test
    void suppressionAboveTheServiceCountsForIt() {
        String text =
                "services:\n  # devops-pack:skip=DP-COMP-001:drives the hardware\n  web:\n"
                        + "    image: a:1\n    privileged: true\n";

        assertEquals(
                List.of(),
                scan(text).open().stream()
                        .map(Finding::rule)
                        .filter("DP-COMP-001"::equals)
                        .toList());
        assertEquals(1, scan(text).suppressions().getFirst().covers().size());
    }
}
