package dev.devopspack.adapter.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideProcessTest {
    private static final int PLENTY_BYTES = 100_000;

    @TempDir Path folder;

    @Test
    void programSeesOnlyTheEnvironmentAndArgumentsItIsGiven() {
        OutsideResult result =
                run(
                        "printf '%s|' \"$0\" \"$1\" \"$GREETING\" \"${HOME-none}\"; echo no >&2; exit 3",
                        PLENTY_BYTES, Duration.ofSeconds(20));

        assertEquals(new OutsideResult.Finished(3, "name|a b;c|hello|none|", "no\n"), result);
    }

    @Test
    void programThatTakesTooLongEndsWithItsChildren() throws IOException, InterruptedException {
        OutsideResult result =
                run("sleep 300 & echo $! > child; wait", PLENTY_BYTES, Duration.ofSeconds(2));

        assertEquals(new OutsideResult.Stopped("it took longer than 2 seconds"), result);
        assertGone(Long.parseLong(Files.readString(folder.resolve("child")).strip()));
    }

    @Test
    void programThatWritesTooMuchIsEnded() {
        OutsideResult result =
                run("while :; do echo 0123456789; done", 5_000, Duration.ofSeconds(60));

        assertEquals(new OutsideResult.Stopped("it wrote more than 5000 bytes"), result);
    }

    @Test
    void childLeftBehindByAnEndedProgramDoesNotHoldUpTheAnswer() {
        long before = System.nanoTime();

        OutsideResult result = run("sleep 300 & echo done", PLENTY_BYTES, Duration.ofSeconds(60));

        assertEquals(new OutsideResult.Finished(0, "done\n", ""), result);
        assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 30);
    }

    @Test
    void missingProgramIsAnAnswer() {
        OutsideResult result =
                OutsideProcess.run(
                        new OutsideCommand(
                                List.of("/no/such/program"),
                                folder,
                                Map.of(),
                                Duration.ofSeconds(5),
                                PLENTY_BYTES));

        assertInstanceOf(OutsideResult.NotStarted.class, result);
    }

    @Test
    void interruptedCallerEndsTheProgram() throws InterruptedException {
        OutsideResult[] result = new OutsideResult[1];
        Thread caller =
                Thread.ofPlatform()
                        .start(() ->
                                result[0] =
                                        run(
                                                "exec sleep 300",
                                                PLENTY_BYTES,
                                                Duration.ofSeconds(60)));
        Thread.sleep(300);

        caller.interrupt();
        caller.join(10_000);

        assertFalse(caller.isAlive());
        assertEquals(
                new OutsideResult.Stopped("the request that needed it was cancelled"), result[0]);
    }

    private OutsideResult run(String script, int outputLimitBytes, Duration timeLimit) {
        return OutsideProcess.run(
                new OutsideCommand(
                        List.of("/bin/sh", "-c", script, "name", "a b;c"),
                        folder,
                        Map.of("GREETING", "hello"),
                        timeLimit,
                        outputLimitBytes));
    }

    private static void assertGone(long pid) throws InterruptedException {
        for (int i = 0;
                i < 50 && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
                i++) {
            Thread.sleep(100);
        }
        assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
