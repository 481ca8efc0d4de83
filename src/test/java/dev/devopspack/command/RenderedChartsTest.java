package dev.devopspack.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.testing.NothingLocal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Charts as Helm itself renders them.
class RenderedChartsTest {

    private static final String PRIVILEGED = "DP-K8S-POD-001";

    private static final String DEPLOYMENT =
            """
            {{- if .Values.enabled }}
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: {{ include "shop.name" . }}
              labels:
                {{- include "shop.labels" . | nindent 4 }}
            spec:
              selector:
                matchLabels: {app: shop}
              template:
                metadata:
                  labels: {app: shop}
                spec:
                  containers:
                    {{- range .Values.containers }}
                    - name: {{ .name }}
                      image: "{{ .image }}:{{ .tag }}"
                      securityContext:
                        privileged: {{ .privileged }}
                    {{- end }}
            {{- end }}
            """;

    private static final String VALUES =
            """
            enabled: true
            containers:
              - {name: web, image: nginx, tag: 1.29.3, privileged: false}
              - {name: side, image: side, tag: 1.0.1, privileged: true}
            """;

    @TempDir Path folder;

    @Test
    void aFindingStandsInTheTemplateThatMadeIt() throws IOException {
        chart("", VALUES, DEPLOYMENT);

        RenderedCharts charts = rendered();
        ScanResult result = result(charts);

        assertTrue(result.complete(), () -> result.unreadable().toString());
        assertEquals(List.of("templates/deployment.yaml:20:13"), found(result, PRIVILEGED));
        assertEquals(List.of("Rendered the chart with its own values."), charts.notes());
    }

    @Test
    void whatTheValuesSwitchOffIsSaid() throws IOException {
        String token = "ghp_" + "k2J7xQ9vLm4Nr8Tz3Wp6Yb1Cd5Fg0HsAeUi7";
        chart(
                "charts/shop/",
                VALUES.replace("enabled: true", "enabled: false"),
                DEPLOYMENT + "# " + token + "\n");

        RenderedCharts charts = rendered();
        ScanResult result = result(charts);

        assertTrue(result.complete(), () -> result.unreadable().toString());
        assertEquals(List.of(), found(result, PRIVILEGED));
        assertEquals(
                List.of(
                        "Rendered charts/shop with its own values; nothing came of 1 of its"
                                + " templates."),
                charts.notes());
        assertEquals(
                List.of("charts/shop/templates/deployment.yaml"),
                result.findings().stream()
                        .filter(each -> each.rule().startsWith("DP-SEC"))
                        .map(each -> each.file())
                        .toList());
    }

    @Test
    void chartsInAChartAreRenderedWithIt() throws IOException {
        chart("shop/", VALUES, DEPLOYMENT);
        chart("shop/charts/inner/", VALUES, DEPLOYMENT);

        ScanResult result = result(rendered());

        assertEquals(
                List.of(
                        "shop/charts/inner/templates/deployment.yaml:20:13",
                        "shop/templates/deployment.yaml:20:13"),
                found(result, PRIVILEGED));
    }

    @Test
    void whatHelmRefusesIsNotFine() throws IOException {
        chart("shop/", VALUES, DEPLOYMENT + "{{ required \"a name, please\" .Values.none }}\n");

        RenderedCharts charts = rendered();

        assertFalse(result(charts).complete());
        assertEquals(1, charts.notes().size());
        assertTrue(
                charts.notes().getFirst().startsWith("Helm does not render shop: "),
                charts.notes().getFirst());
        assertTrue(charts.notes().getFirst().contains("a name, please"));
    }

    @Test
    void withoutHelmAChartIsNotFine() throws IOException {
        chart("shop/", VALUES, DEPLOYMENT);

        RenderedCharts charts =
                RenderedCharts.of(ScannedTree.of(List.of(folder)), new NothingLocal(), "1.36.0");

        assertFalse(result(charts).complete());
        assertEquals(
                List.of(
                        "Charts are not judged, because Helm is not on the PATH: 1. Install helm,"
                                + " or scan what `helm template` prints."),
                charts.notes());
    }

    /// What a template prints is its own affair; what it calls itself is not.
    @Test
    void whatCallsItselfLikeAnotherFileIsJudgedAllTheSame() throws IOException {
        chart("", VALUES, "{{ .Values.enabled }}\n");
        file("plain.yaml", "a: b\n");
        String pod =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: x}
                spec:
                  containers: [{name: x, image: x, securityContext: {privileged: true}}]
                """;
        for (String name :
                List.of("x/plain.yaml", "x/../../etc/passwd", "x/templates/a\u202eb.yaml", "")) {
            ScanResult result =
                    result(
                            RenderedCharts.of(
                                    ScannedTree.of(List.of(folder)),
                                    new NothingLocal() {
                                        @Override
                                        public Optional<Rendered> rendered(
                                                Map<String, Path> chart, String kubernetes) {
                                            return Optional.of(
                                                    new Rendered(
                                                            "---\n# Source: " + name + "\n" + pod,
                                                            ""));
                                        }
                                    },
                                    "1.36.0"));

            assertEquals(1, found(result, PRIVILEGED).size(), name);
        }
    }

    @Test
    void aLinkOutOfTheChartIsNotFollowed() throws IOException {
        Path secret = Files.writeString(Files.createTempFile("outside", ".txt"), "outside");
        chart(
                "shop/",
                VALUES,
                DEPLOYMENT.replace("{app: shop}", "{app: '{{ .Files.Get \"linked.txt\" }}'}"));
        Files.createSymbolicLink(folder.resolve("shop/linked.txt"), secret);

        RenderedCharts charts = rendered();

        assertTrue(charts.files().stream().noneMatch(file -> file.text().contains("outside")));
    }

    private void chart(String at, String values, String deployment) throws IOException {
        String name = at.isEmpty() ? "shop" : Path.of(at).getFileName().toString();
        file(at + "Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n");
        file(at + "values.yaml", values);
        file(at + "templates/deployment.yaml", deployment);
        file(
                at + "templates/_names.tpl",
                """
                {{- define "shop.name" -}}
                {{ .Release.Name }}-shop
                {{- end }}
                {{- define "shop.labels" -}}
                app: shop
                {{- end }}
                """);
        file(at + "templates/NOTES.txt", "Thank you for {{ .Chart.Name }}\n");
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(UTF_8));
    }

    private RenderedCharts rendered() {
        return RenderedCharts.of(
                ScannedTree.of(List.of(folder)),
                new NothingLocal() {
                    @Override
                    public Optional<Rendered> rendered(Map<String, Path> chart, String kubernetes) {
                        return Optional.of(helm(chart, kubernetes));
                    }
                },
                "1.36.0");
    }

    private Local.Rendered helm(Map<String, Path> chart, String kubernetes) {
        try {
            Path copy = Files.createTempDirectory("chart");
            for (Map.Entry<String, Path> file : chart.entrySet()) {
                Files.createDirectories(copy.resolve(file.getKey()).getParent());
                Files.copy(file.getValue(), copy.resolve(file.getKey()));
            }
            return new Local.Rendered(
                    new Helm(copy)
                            .template()
                            .withName("release")
                            .withKubeVersion(kubernetes)
                            .call(),
                    "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            return new Local.Rendered("", String.valueOf(e.getMessage()));
        }
    }

    private static ScanResult result(RenderedCharts charts) {
        return charts.placed(new Scan(RuleCatalog.builtIn()).ofTree(charts.files()));
    }

    private static List<String> found(ScanResult result, String rule) {
        return result.findings().stream()
                .filter(each -> each.rule().equals(rule))
                .map(each -> each.file() + ":" + each.line() + ":" + each.column())
                .toList();
    }
}
