package dev.devopspack.adapter.process;

import dev.devopspack.adapter.files.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Renders charts with Helm, where it is installed. It reaches no cluster, has no settings, plugins
/// or caches of its user, and looks nothing up in the network: a chart whose dependencies are not
/// in it is refused.
public final class Helm {

    /// A large chart takes a second; a template can loop for ever.
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    /// Stacks of definitions among it, ten times what the largest published charts print.
    private static final int OUTPUT_LIMIT_BYTES = 32 * 1_024 * 1_024;

    private static final String CHART = "chart";

    private final String path;

    /// @param environment of this process, of which Helm gets nothing but its place
    public Helm(Map<String, String> environment) {
        this.path = environment.getOrDefault("PATH", "");
    }

    /// @param chart where the chart's files stand, by their names in it: Helm sees copies, so that
    ///   no link leads it to anything else
    /// @param kubernetes the release that it shall render for, for example `1.36.0`
    /// @return nothing where Helm is not installed
    public Optional<OutsideResult> template(Map<String, Path> chart, String kubernetes) {
        return OnPath.find(path, "helm").map(program -> template(program, chart, kubernetes));
    }

    private static OutsideResult template(
            Path program, Map<String, Path> chart, String kubernetes) {
        try {
            Path folder = Files.createTempDirectory("devops-pack-helm");
            try {
                for (Map.Entry<String, Path> file : chart.entrySet()) {
                    Path copy = folder.resolve(CHART).resolve(file.getKey());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file.getValue(), copy);
                }
                return OutsideProcess.run(command(program, folder, kubernetes));
            } finally {
                FolderTree.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutsideCommand command(Path program, Path folder, String kubernetes) {
        return new OutsideCommand(
                List.of(
                        program.toString(),
                        "template",
                        "release",
                        CHART,
                        "--namespace",
                        "default",
                        "--kube-version",
                        kubernetes,
                        "--skip-tests"),
                folder,
                environment(folder),
                TIME_LIMIT,
                OUTPUT_LIMIT_BYTES);
    }

    private static Map<String, String> environment(Path home) {
        String folder = home.toString();
        return Map.of(
                "HOME", folder,
                "HELM_CACHE_HOME", folder,
                "HELM_CONFIG_HOME", folder,
                "HELM_DATA_HOME", folder,
                "HELM_PLUGINS", folder,
                "KUBECONFIG", "/dev/null");
    }
}
