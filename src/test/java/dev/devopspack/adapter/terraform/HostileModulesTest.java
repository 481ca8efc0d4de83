package dev.devopspack.adapter.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devopspack.gate.quality.HostileModules;
import dev.devopspack.gate.quality.QualityResult;
import dev.devopspack.gate.quality.QualityStep;
import dev.devopspack.gate.quality.TerraformQuality;
import dev.devopspack.gate.quality.TerraformRunner;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// With the real terraform at hand, nothing of a hostile module is executed or read.
class HostileModulesTest {
    private static final String SECRET = "canary-5d1f7c";
    private static final OfflineProviders PROVIDERS = new OfflineProviders();

    @TempDir static Path folder;

    private static TerraformQuality quality;

    @BeforeAll
    static void findTerraform() {
        quality =
                new TerraformQuality(
                        new TerraformCli(
                                PROVIDERS, Optional.of(Tools.require("terraform").toString())));
    }

    @AfterAll
    static void stopProviders() {
        PROVIDERS.close();
    }

    @TestFactory
    Stream<DynamicTest> terraformIsNotStarted() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        Path mark = folder.resolve("mark");
        return HostileModules.all().stream()
                .map(hostile ->
                        DynamicTest.dynamicTest(
                                hostile.name(), () -> assertKeptOut(hostile, secret, mark)));
    }

    private static void assertKeptOut(HostileModules.Case hostile, Path secret, Path mark) {
        QualityResult result =
                quality.judge(
                        hostile.hostileFiles(secret.toString(), mark.toString()),
                        false,
                        TerraformRunner.Progress.NONE);

        assertEquals(List.of(), ran(result));
        assertFalse(Files.exists(mark));
        assertFalse(result.toString().contains(SECRET));
    }

    private static List<QualityStep> ran(QualityResult result) {
        return result.steps().stream()
                .filter(step -> step.id().startsWith("terraform-"))
                .filter(step ->
                        step.outcome() != QualityStep.Outcome.SKIPPED
                                || !step.detail()
                                        .startsWith("Refused before terraform was started"))
                .toList();
    }
}
