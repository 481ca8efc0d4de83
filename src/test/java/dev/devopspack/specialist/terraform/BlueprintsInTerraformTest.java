package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.terraform.OfflineProviders;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the blueprints give is accepted by terraform itself, without registry, cloud or
/// credentials.
class BlueprintsInTerraformTest {

    private static final int TIMEOUT_SECONDS = 180;

    @TempDir static Path folder;
    private static Path terraform;
    private static OfflineProviders offline;
    private static String providers;
    private static Path module;

    @BeforeAll
    static void writeTheModuleOfTheExample() {
        terraform = Tools.require("terraform");
        offline = new OfflineProviders();
        providers = offline.reattach(List.of("aws"));
        ConfigurationGeneration capability =
                new ConfigurationGeneration(BlueprintCatalog.shipped("terraform"));
        Outcome outcome =
                capability.perform(
                        capability.read(capability.example()),
                        new Work(Environment.PRODUCTION, null));
        module = folder.resolve("module");
        write(((Outcome.Proposal) outcome).artifacts(), module);
        run("init", "-backend=false", "-input=false");
    }

    @AfterAll
    static void stop() {
        if (offline != null) {
            offline.close();
        }
    }

    @Test
    void everyFileIsInCanonicalForm() {
        assertEquals("", run("fmt", "-check", "-recursive", "-diff"));
    }

    @Test
    void theModuleIsValid() {
        assertTrue(run("validate").contains("The configuration is valid"));
    }

    @Test
    void theModulesOwnTestsPass() throws IOException {
        String output = run("test");

        Matcher counts = Pattern.compile("Success! ([0-9]+) passed, 0 failed\\.").matcher(output);
        assertTrue(counts.find(), output);
        assertEquals(runBlocks(), Integer.parseInt(counts.group(1)));
    }

    @Test
    void theModulePlansWithTheValuesOfTheTask() throws IOException {
        Path backend = module.resolve("backend.tf");
        Path aside = folder.resolve("backend.tf");
        Files.move(backend, aside);
        try {
            run("init", "-input=false", "-reconfigure");
            String output = run("plan", "-input=false", "-refresh=false");

            assertTrue(output.contains("0 to change, 0 to destroy."), output);
            assertTrue(output.contains("+ desired_size = 3"), output);
        } finally {
            Files.move(aside, backend);
        }
    }

    private static int runBlocks() throws IOException {
        int runs = 0;
        try (var files = Files.newDirectoryStream(module.resolve("tests"), "*.tftest.hcl")) {
            for (Path file : files) {
                runs +=
                        (int)
                                Files.readAllLines(file).stream()
                                        .filter(line -> line.startsWith("run "))
                                        .count();
            }
        }
        return runs;
    }

    private static void write(Artifacts artifacts, Path folder) {
        try {
            for (Artifact file : artifacts) {
                Path target = folder.resolve(file.name().value());
                Files.createDirectories(target.getParent());
                Files.write(target, file.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @return what terraform printed; fails unless it ended with 0
    private static String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(terraform.toString()));
        command.addAll(List.of(arguments));
        command.add(1, "-chdir=" + module);
        if (!arguments[0].equals("fmt")) {
            command.add("-no-color");
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("CHECKPOINT_DISABLE", "1");
        environment.put("TF_CLI_CONFIG_FILE", "/dev/null");
        environment.put("TF_REATTACH_PROVIDERS", providers);
        environment.put("HOME", folder.toString());
        environment.put("PATH", "/usr/bin:/bin");
        Path output = folder.resolve("output-" + arguments[0]);
        builder.redirectOutput(output.toFile());
        try {
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " took more than " + TIMEOUT_SECONDS + " s");
            }
            String text = Files.readString(output);
            assertEquals(0, process.exitValue(), command + "\n" + text);
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
