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

    /// @return where the service's named volumes are mounted
    private static List<String> volumes(String service) throws IOException {
        String compose = Files.readString(DEPLOYMENT.resolve("compose/compose.yaml"));
        Map<?, ?> file =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(compose);
        Map<?, ?> one = (Map<?, ?>) ((Map<?, ?>) file.get("services")).get(service);
        return ((List<?>) one.get("volumes"))
                .stream().map(volume -> String.valueOf(volume).split(":", 2)[1]).toList();
    }
}
