package dev.devopspack.adapter.terraform;

import dev.devopspack.adapter.process.OutsideCommand;
import dev.devopspack.adapter.process.OutsideProcess;
import dev.devopspack.adapter.process.OutsideResult;
import dev.devopspack.gate.quality.PlanFiles;
import dev.devopspack.language.schema.SchemaPacks;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Shows plan files with the terraform program, in a folder and an environment of its own.
///
/// Showing evaluates nothing and starts no provisioner; it needs the schemas of the providers that
/// the plan names, which the offline providers serve.
@ApplicationScoped
public class ShownPlans implements PlanFiles {

    /// Showing takes a second; a plan of a whole company some more.
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private static final int OUTPUT_LIMIT_BYTES = 32 * 1024 * 1024;

    /// A plan file is compressed: with its configuration and state it stays far below.
    private static final int MAX_FILE_BYTES = 32 * 1024 * 1024;

    /// What is unpacked to see which providers the configuration names.
    private static final int MAX_UNPACKED_BYTES = 64 * 1024 * 1024;

    private static final int MAX_ENTRIES = 5_000;

    private final OfflineProviders providers;
    private final Optional<String> configuredPath;

    public ShownPlans(
            OfflineProviders providers,
            @ConfigProperty(name = "devopspack.terraform.path") Optional<String> configuredPath) {
        this.providers = providers;
        this.configuredPath = configuredPath;
    }

    @Override
    public Shown show(byte[] planFile) {
        if (planFile.length > MAX_FILE_BYTES) {
            return new Shown.Failed("it has more than " + MAX_FILE_BYTES + " bytes");
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return switch (TerraformTool.find(configuredPath, path)) {
            case TerraformTool.Missing missing -> new Shown.Failed(missing.why());
            case TerraformTool.Found found -> show(found, planFile);
        };
    }

    private Shown show(TerraformTool.Found tool, byte[] planFile) {
        Set<String> named;
        try {
            named = providersIn(planFile);
        } catch (IOException _) {
            return new Shown.Failed("it is no file of `terraform plan -out`");
        }
        try (Workspace workspace = Workspace.empty()) {
            Files.write(workspace.module().resolve("plan.bin"), planFile);
            Map<String, String> environment =
                    TerraformTool.environment(tool.isolation(), workspace);
            environment.put("TF_REATTACH_PROVIDERS", providers.reattach(named));
            List<String> arguments =
                    List.of(
                            "-chdir=" + tool.isolation().module(workspace),
                            "show",
                            "-json",
                            "-no-color",
                            "plan.bin");
            return judged(
                    OutsideProcess.run(
                            new OutsideCommand(
                                    tool.isolation()
                                            .commandLine(tool.program(), workspace, arguments),
                                    workspace.folder(),
                                    environment,
                                    TIME_LIMIT,
                                    OUTPUT_LIMIT_BYTES)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Terraform's own words could quote the plan: they are not repeated.
    private static Shown judged(OutsideResult result) {
        return switch (result) {
            case OutsideResult.Finished(int exitCode, String output, String _) when exitCode == 0 ->
                    new Shown.Json(output);
            case OutsideResult.Finished _ ->
                    new Shown.Failed(
                            "terraform refuses it; it may be damaged, of a newer terraform, or of a"
                                    + " provider whose schema is not known here");
            case OutsideResult.Stopped(String why) -> new Shown.Failed("it was stopped: " + why);
            case OutsideResult.NotStarted(String why) -> new Shown.Failed(why);
        };
    }

    /// The providers with a schema pack whose resource types the packed configuration names; none
    /// where it uses only what is built into terraform.
    private static Set<String> providersIn(byte[] planFile) throws IOException {
        Set<String> named = new TreeSet<>();
        long unpacked = 0;
        int entries = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(planFile))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readNBytes(MAX_UNPACKED_BYTES);
                unpacked += bytes.length;
                if (unpacked >= MAX_UNPACKED_BYTES || ++entries > MAX_ENTRIES) {
                    throw new IOException("the plan file unpacks to too much");
                }
                String text = new String(bytes, StandardCharsets.UTF_8);
                SchemaPacks.providers().stream()
                        .filter(name -> text.contains("\"" + name + "_"))
                        .forEach(named::add);
            }
        }
        if (entries == 0) {
            throw new IOException("no zip file");
        }
        return named;
    }
}
