package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileScanTest {

    private static final String GOOD =
            """
            # syntax=docker/dockerfile:1
            FROM golang:1.23 AS build
            WORKDIR /src
            COPY go.mod go.sum ./
            RUN go mod download
            COPY . .
            RUN CGO_ENABLED=0 go build -o /app ./cmd/app

            FROM gcr.io/distroless/static:nonroot@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5
            COPY --from=build /app /app
            USER 65532:65532
            HEALTHCHECK NONE
            EXPOSE 8080
            ENTRYPOINT ["/app"]
            """;

    private static ScanResult scan(String file, String text) {
        return new Scan(RuleCatalog.builtIn()).of(Artifacts.of(Artifact.of(file, text)));
    }

    private static List<String> open(String text) {
        return scan("Dockerfile", text).open().stream().map(Finding::rule).sorted().toList();
    }

    @Test
    void goodFileHasNoFinding() {
        ScanResult result = scan("Dockerfile", GOOD);

        assertEquals(List.of(), result.findings());
        assertEquals(List.of(), result.unknowns());
        assertTrue(result.complete());
        assertEquals(1, result.resources());
        assertEquals(1, result.configuration());
    }

    @Test
    void fileIsConfigurationWhateverItsName() {
        assertEquals(1, scan("images/app", GOOD).configuration());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "FROM scratch\\nCOPY app /@''",
                "FROM scratch\\nCOPY app /\\nENTRYPOINT [\"/app\"]@DP-DOCK-002,DP-DOCK-006",
                "FROM gcr.io/distroless/static:nonroot\\nCOPY app /\\nHEALTHCHECK NONE@''",
                "FROM nginxinc/nginx-unprivileged:1.27\\nHEALTHCHECK NONE@''",
                "FROM gcr.io/distroless/static:debug\\nHEALTHCHECK NONE@DP-DOCK-001",
                "FROM alpine:3.20\\nUSER app\\nHEALTHCHECK NONE\\nRUN echo \"$SUM  a\" | sha256sum -c -@''",
                "FROM alpine:3.20\\nUSER app\\nHEALTHCHECK NONE\\nRUN tar c a | tar x@DP-DOCK-046",
                "FROM debian:12\\nUSER app\\nHEALTHCHECK NONE\\nRUN apt-get install -qq -y --no-install-recommends a=1@''",
            })
    void ruleFiresOnlyWhereItsReasonHolds(String lines, String rules) {
        assertEquals(rules, String.join(",", open(lines.replace("\\n", "\n"))));
    }

    @Test
    void fileThatDoesNotBuildIsNotCompletelyRead() {
        ScanResult result = scan("Dockerfile", "FROM alpine:3.20\nRUNN x\nUSER app\n");

        assertEquals(
                List.of("Dockerfile:2:1: there is no instruction 'RUNN'. Did you mean RUN?"),
                result.unreadable().stream().map(ScanResult.Unreadable::text).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# hadolint ignore=DL3004|''",
                "# hadolint ignore=DL3000,DL3004|''",
                "# hadolint global ignore=DL3004|''",
                "# trivy:ignore:DS-0010|''",
                "# trivy:ignore:AVD-DS-0010|''",
                "#trivy:ignore:DS010|''",
                "# kics-scan ignore-line|''",
                "# devops-pack:skip=DP-DOCK-013:no other way|''",
                "# hadolint ignore=DL3000|DP-DOCK-013",
            })
    void suppressionsPeopleHaveAreRead(String comment, String left) {
        String text =
                "FROM alpine:3.20\nHEALTHCHECK NONE\n"
                        + comment
                        + "\nRUN true && \\\n  sudo true\nUSER app\n";

        assertEquals(left, String.join(",", open(text)));
    }

    @Test
    void checkovLooksAtCommentsAnywhereInTheFile() {
        String text = "FROM alpine:3.20\nHEALTHCHECK NONE\nRUN sudo true\nUSER app\n";

        assertEquals(List.of("DP-DOCK-013"), open(text));
        assertEquals(List.of(), open(text + "\n\n# checkov:skip=CKV2_DOCKER_1:needed\n"));
    }

    @Test
    void suppressionBelowTheInstructionCoversNothing() {
        String text =
                "FROM alpine:3.20\nHEALTHCHECK NONE\nRUN sudo true\n# hadolint ignore=DL3004\nUSER app\n";

        assertEquals(List.of("DP-DOCK-013"), open(text));
    }
}
