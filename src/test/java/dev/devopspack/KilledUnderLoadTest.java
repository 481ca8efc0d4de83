package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.bench.KilledServer;
import dev.devopspack.testing.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the server answered under load it remembers after `kill -9`. The command in
/// docs/benchmarks.md does it more often.
class KilledUnderLoadTest {

    @TempDir Path folder;

    @Test
    void nothingThatWasAnsweredIsLostAndTheLogIsWhole() throws Exception {
        Path jar = ServerProcess.packaged(folder.resolve("packaged"), folder.resolve("building"));
        try (KilledServer killed = new KilledServer(jar, folder)) {
            killed.start();

            KilledServer.Round round = killed.round();

            assertEquals(0, round.lost(), round::toString);
            assertEquals("intact", round.log());
            assertTrue(round.entries() > round.answered(), round::toString);
        }
    }
}
