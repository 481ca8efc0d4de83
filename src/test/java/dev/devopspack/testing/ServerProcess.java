package dev.devopspack.testing;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The packaged program as processes of their own, as `devops-pack serve` starts it, so that a test
/// can kill them.
public final class ServerProcess {

    private ServerProcess() {}

    /// Packages the program from the classes under test, as the build does.
    ///
    /// @param target an empty folder
    /// @return the jar to start
    public static Path packaged(Path target, Path output) throws IOException, InterruptedException {
        Process build =
                java(
                        output,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        target.toString());
        if (build.waitFor() != 0) {
            throw new IllegalStateException("the program cannot be packaged, see " + output);
        }
        return target.resolve("quarkus-app").resolve("quarkus-run.jar");
    }

    /// Starts a server on a data folder.
    ///
    /// @param port where it listens
    public static Process serve(Path jar, Path data, int port, Path output) throws IOException {
        return serve(jar, data, port, output, Map.of());
    }

    /// Starts a server on a data folder.
    ///
    /// @param port where it listens
    /// @param settings more of them, as environment variables
    public static Process serve(
            Path jar, Path data, int port, Path output, Map<String, String> settings)
            throws IOException {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("DEVOPS_PACK_DATA_DIR", data.toString());
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        return java(output, environment, "-jar", jar.toString(), "serve");
    }

    private static Process java(Path output, String... arguments) throws IOException {
        return java(output, Map.of(), arguments);
    }

    private static Process java(Path output, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(List.of(arguments));
        File log = output.toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().remove("DEVOPS_PACK_DATABASE_URL");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Packages into the folder that is named.
    public static void main(String[] arguments) throws Exception {
        try (CuratedApplication application =
                QuarkusBootstrap.builder()
                        .setApplicationRoot(Path.of("target", "classes").toAbsolutePath())
                        .setProjectRoot(Path.of("").toAbsolutePath())
                        .setTargetDirectory(Path.of(arguments[0]))
                        .setBaseName("devops-pack")
                        .setLocalProjectDiscovery(true)
                        .setIsolateDeployment(true)
                        .setMode(QuarkusBootstrap.Mode.PROD)
                        .setBaseClassLoader(ServerProcess.class.getClassLoader())
                        .build()
                        .bootstrap()) {
            application.createAugmentor().createProductionApplication();
        }
    }
}
