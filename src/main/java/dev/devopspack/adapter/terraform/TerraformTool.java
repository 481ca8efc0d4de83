package dev.devopspack.adapter.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.adapter.process.OutsideCommand;
import dev.devopspack.adapter.process.OutsideProcess;
import dev.devopspack.adapter.process.OutsideResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The terraform program of this machine: where it is, its version, how it can be isolated.
sealed interface TerraformTool {

    record Found(Path program, String version, Isolation isolation) implements TerraformTool {}

    /// @param why a fact and the next thing to do
    record Missing(String why) implements TerraformTool {}

    /// 1.10 reads everything that modules for this product use (ephemeral values, S3 state
    /// locking).
    int LOWEST_MAJOR = 1;

    int LOWEST_MINOR = 10;

    /// `terraform version` answers in milliseconds, on a loaded machine in a few seconds.
    Duration VERSION_TIME_LIMIT = Duration.ofSeconds(20);

    int VERSION_OUTPUT_LIMIT_BYTES = 64 * 1024;

    Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4}).{0,40}");

    /// Looks for the program and tries it.
    ///
    /// @param configured the setting `devopspack.terraform.path`, if there is one
    /// @param searchPath folders to look in otherwise, as in the variable `PATH`
    static TerraformTool find(Optional<String> configured, String searchPath) {
        Optional<Path> program = configured.map(Path::of).or(() -> onPath(searchPath));
        if (program.isEmpty()) {
            return new Missing(
                    "Terraform was not found on the PATH. Install 1.10 or newer, or set devopspack.terraform.path");
        }
        if (!Files.isRegularFile(program.get()) || !Files.isExecutable(program.get())) {
            return new Missing(
                    "'"
                            + program.get()
                            + "' is not a program. Set devopspack.terraform.path to terraform 1.10 or newer");
        }
        try {
            return probe(program.get().toRealPath());
        } catch (IOException e) {
            return new Missing("'" + program.get() + "' cannot be read: " + e.getMessage());
        }
    }

    private static Optional<Path> onPath(String searchPath) {
        return Arrays.stream(searchPath.split(Pattern.quote(File.pathSeparator)))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, "terraform"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static TerraformTool probe(Path program) throws IOException {
        if (Isolation.namespaceToolsPresent()) {
            Optional<String> version = version(program, Isolation.NAMESPACE);
            if (version.isPresent()) {
                return judged(program, version.get(), Isolation.NAMESPACE);
            }
        }
        return version(program, Isolation.FOLDER)
                .map(version -> judged(program, version, Isolation.FOLDER))
                .orElseGet(() ->
                        new Missing(
                                "'"
                                        + program
                                        + "' does not answer to `version -json`. Set devopspack.terraform.path to terraform 1.10 or newer"));
    }

    private static TerraformTool judged(Path program, String version, Isolation isolation) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return new Missing(
                    "'"
                            + program
                            + "' reports a version that is not a number. Set devopspack.terraform.path to terraform 1.10 or newer");
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        boolean enough = major > LOWEST_MAJOR || (major == LOWEST_MAJOR && minor >= LOWEST_MINOR);
        return enough
                ? new Found(program, version, isolation)
                : new Missing(
                        "'"
                                + program
                                + "' is terraform "
                                + version
                                + ". Install 1.10 or newer, or set devopspack.terraform.path");
    }

    private static Optional<String> version(Path program, Isolation isolation) throws IOException {
        try (Workspace workspace = Workspace.empty()) {
            OutsideResult result =
                    OutsideProcess.run(
                            new OutsideCommand(
                                    isolation.commandLine(
                                            program, workspace, List.of("version", "-json")),
                                    workspace.folder(),
                                    environment(isolation, workspace),
                                    VERSION_TIME_LIMIT,
                                    VERSION_OUTPUT_LIMIT_BYTES));
            return result instanceof OutsideResult.Finished(int exitCode, String output, String _)
                            && exitCode == 0
                    ? Optional.of(
                            new ObjectMapper().readTree(output).path("terraform_version").asText())
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /// All of terraform's environment, but for the providers to attach.
    static Map<String, String> environment(Isolation isolation, Workspace workspace) {
        String scratch = isolation.scratch(workspace);
        Map<String, String> environment = new TreeMap<>(isolation.environment());
        environment.put("HOME", scratch);
        environment.put("TMPDIR", scratch + "/tmp");
        environment.put("TF_CLI_CONFIG_FILE", scratch + "/terraform.rc");
        environment.put("TF_DATA_DIR", scratch + "/data");
        environment.put("TF_IN_AUTOMATION", "1");
        environment.put("TF_INPUT", "0");
        environment.put("CHECKPOINT_DISABLE", "1");
        return environment;
    }
}
