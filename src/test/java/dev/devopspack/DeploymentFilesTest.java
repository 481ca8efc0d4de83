package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What the files of `deployment/` need of one another.
class DeploymentFilesTest {

    private static final Path DEPLOYMENT = Path.of("deployment");

    /// A new volume takes the folder's owner from the image; a folder that the image does not have
    /// belongs to root, and the server could not write its keys.
    @Test
    void theFolderOfComposesVolumeIsTheServersOwnInTheImage() throws IOException {
        List<String> mounted = volumes("devops-pack");
        List<String> image = Files.readAllLines(DEPLOYMENT.resolve("container/Containerfile"));
        int user = image.indexOf("USER 10001:10001");

        assertEquals(List.of("/home/devops-pack/data"), mounted);
        assertTrue(user >= 0, image::toString);
        assertTrue(
                image.subList(user, image.size())
                        .contains("RUN mkdir -m 700 " + mounted.getFirst()),
                image::toString);
    }

    /// What one of them cuts off and the others finish would be a fault that only some operators
    /// see.
    @Test
    void whoIsBeingAnsweredHasTheSameTimeEverywhere() throws IOException {
        String manifest = Files.readString(DEPLOYMENT.resolve("kubernetes/config-map.yaml"));
        String chart =
                Files.readString(DEPLOYMENT.resolve("helm/devops-pack/templates/config-map.yaml"));
        Map<?, ?> compose = service("devops-pack");
        String time =
                String.valueOf(
                        ((Map<?, ?>) compose.get("environment")).get("QUARKUS_SHUTDOWN_TIMEOUT"));
        String line = "\n  QUARKUS_SHUTDOWN_TIMEOUT: " + time + "\n";

        assertTrue(manifest.contains(line), manifest);
        assertTrue(chart.contains(line), chart);
        assertTrue(
                seconds(time) < seconds(String.valueOf(compose.get("stop_grace_period"))),
                compose::toString);
    }

    private static int seconds(String time) {
        return Integer.parseInt(time.replaceFirst("[sS]$", ""));
    }

    /// @return where the service's named volumes are mounted
    private static List<String> volumes(String service) throws IOException {
        return ((List<?>) service(service).get("volumes"))
                .stream().map(volume -> String.valueOf(volume).split(":", 2)[1]).toList();
    }

    private static Map<?, ?> service(String name) throws IOException {
        String compose = Files.readString(DEPLOYMENT.resolve("compose/compose.yaml"));
        Map<?, ?> file =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(compose);
        return (Map<?, ?>) ((Map<?, ?>) file.get("services")).get(name);
    }
}
