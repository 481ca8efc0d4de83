package dev.devopspack.adapter.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {

    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");

    @TempDir Path place;
    @TempDir Path elsewhere;

    @Test
    void whatAKilledProcessLeftIsDeletedAndNothingElse() throws Exception {
        Path mine = made("devops-pack-terraform-mine", Duration.ZERO);
        made("devops-pack-terraform-left", Duration.ofHours(1));
        made("devops-pack-terraform-running", Duration.ofMinutes(5));
        made("devops-pack-thesis", Duration.ofDays(9));
        Files.writeString(elsewhere.resolve("kept"), "kept");
        Files.createSymbolicLink(place.resolve("devops-pack-terraform-link"), elsewhere);

        Workspace.sweep(mine, NOW);

        assertEquals(
                List.of(
                        "devops-pack-terraform-link",
                        "devops-pack-terraform-mine",
                        "devops-pack-terraform-running",
                        "devops-pack-thesis"),
                names());
        assertEquals("kept", Files.readString(elsewhere.resolve("kept")));
    }

    private Path made(String name, Duration age) throws IOException {
        Path folder = Files.createDirectories(place.resolve(name).resolve("module")).getParent();
        Files.writeString(folder.resolve("module/plan.bin"), "a password in clear");
        Files.setLastModifiedTime(folder, FileTime.from(NOW.minus(age)));
        return folder;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
