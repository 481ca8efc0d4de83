package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.identity.Role;
import dev.devopspack.testing.BearerProxy;
import dev.devopspack.testing.NodeProgram;
import dev.devopspack.testing.Tools;
import dev.devopspack.testing.TrialToken;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the official conformance suite against the server, fixtures beside the real tools.
@QuarkusTest
@TestProfile(McpConformanceTest.Profile.class)
class McpConformanceTest {

    static final String PROFILE = "conformance";

    /// The scenarios of the suite's version that a server has to pass; fewer would mean that the
    /// suite did not run them.
    private static final int SCENARIOS = 30;

    private static final Duration LONGEST = Duration.ofMinutes(3);

    @Inject TrialToken token;
    @Inject ObjectMapper json;

    @TempDir Path folder;

    @TestHTTPResource("/")
    URI server;

    @Test
    void theServerPassesEveryScenarioOfTheOfficialSuite() throws IOException {
        Path suite =
                Tools.requireNodeModule("@modelcontextprotocol/conformance")
                        .resolve("@modelcontextprotocol/conformance/dist/index.js");
        NodeProgram node = NodeProgram.require(folder);
        Path results = folder.resolve("results");

        NodeProgram.Ended ended;
        try (BearerProxy proxy = BearerProxy.before(server, token.with(Role.VIEWER))) {
            ended =
                    node.run(
                            "",
                            LONGEST,
                            suite.toString(),
                            "server",
                            "--url",
                            "http://" + proxy.authority() + "/mcp",
                            "--output-dir",
                            results.toString());
        }

        List<String> failures = new ArrayList<>();
        Map<String, Integer> totals = new TreeMap<>();
        int scenarios = 0;
        for (Path checks : checks(results)) {
            scenarios++;
            for (JsonNode check : json.readTree(checks.toFile())) {
                String status = check.path("status").asText();
                totals.merge(status, 1, Integer::sum);
                if (status.equals("FAILURE")) {
                    failures.add(check.path("id").asText() + ": " + check.path("errorMessage"));
                }
            }
        }
        System.out.printf("MCP conformance: %d scenarios, checks %s%n", scenarios, totals);
        assertEquals(List.of(), failures);
        assertTrue(scenarios >= SCENARIOS, ended.out() + ended.err());
        assertEquals(0, ended.exitCode(), ended.out() + ended.err());
    }

    private static List<Path> checks(Path results) throws IOException {
        try (Stream<Path> files = Files.walk(results)) {
            return files.filter(file -> file.endsWith("checks.json")).sorted().toList();
        }
    }

    /// The tests' settings, and the fixtures besides.
    public static class Profile implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return PROFILE + ",test";
        }
    }
}
