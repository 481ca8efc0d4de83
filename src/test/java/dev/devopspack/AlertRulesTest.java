package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What we give operators for their Prometheus, by Prometheus' own tool.
class AlertRulesTest {

    private static final Path ALERTS = Path.of("deployment/prometheus/alerts.yaml");
    private static final Path CASES = Path.of("src/test/resources/prometheus/alerts-test.yaml");

    private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");
    private static final Pattern FIRES = Pattern.compile("alertname=\"(\\w+)\"");

    @TempDir Path folder;

    @Test
    void theAlertsWakeSomebodyWhenTheyShallAndNotOtherwise() throws Exception {
        promtool("check", "rules", ALERTS.toString());
        promtool("test", "rules", CASES.toString());
    }

    @Test
    void everyAlertHasACaseInWhichItFires() throws IOException {
        assertEquals(found(ALERT, Files.readString(ALERTS)), found(FIRES, Files.readString(CASES)));
    }

    @Test
    void theConfigurationThatCollectsIsRead() throws Exception {
        String job = Files.readString(Path.of("deployment/prometheus/scrape.yaml"));
        Path whole =
                Files.writeString(
                        folder.resolve("prometheus.yml"), "scrape_configs:\n" + job.indent(2));

        promtool("check", "config", "--syntax-only", whole.toString());
    }

    private static Set<String> found(Pattern name, String text) {
        return name.matcher(text)
                .results()
                .map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        Path promtool = Tools.require("promtool");
        List<String> command =
                Stream.concat(Stream.of(promtool.toString()), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0, said);
    }
}
