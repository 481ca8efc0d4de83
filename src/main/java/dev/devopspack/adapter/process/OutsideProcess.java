package dev.devopspack.adapter.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Runs one program and waits for its end. Nothing that it started outlives it.
public final class OutsideProcess {
    private static final int BUFFER_BYTES = 8_192;

    /// After the program's end its pipes close at once, unless a child of it still holds them.
    private static final long DRAIN_SECONDS = 2;

    private static final File NO_INPUT = new File("/dev/null");

    private OutsideProcess() {}

    public static OutsideResult run(OutsideCommand command) {
        Process process;
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command.arguments()).directory(command.folder().toFile());
            builder.environment().clear();
            builder.environment().putAll(command.environment());
            if (NO_INPUT.exists()) {
                builder.redirectInput(NO_INPUT);
            }
            process = builder.start();
        } catch (IOException e) {
            return new OutsideResult.NotStarted(String.valueOf(e.getMessage()));
        }
        return attend(process, command);
    }

    private static OutsideResult attend(Process process, OutsideCommand command) {
        AtomicBoolean flooded = new AtomicBoolean();
        Collector output =
                new Collector(
                        process, process.getInputStream(), command.outputLimitBytes(), flooded);
        Collector errors =
                new Collector(
                        process, process.getErrorStream(), command.outputLimitBytes(), flooded);
        try {
            boolean ended = process.waitFor(command.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                // Ending the process itself would close its pipes before they are read.
                endDescendants(process);
            } else {
                endTree(process);
            }
            String out = output.text();
            String err = errors.text();
            if (flooded.get()) {
                return new OutsideResult.Stopped(
                        "it wrote more than " + command.outputLimitBytes() + " bytes");
            }
            if (!ended) {
                return new OutsideResult.Stopped(
                        "it took longer than " + command.timeLimit().toSeconds() + " seconds");
            }
            return new OutsideResult.Finished(process.exitValue(), out, err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new OutsideResult.Stopped("the request that needed it was cancelled");
        } finally {
            endTree(process);
        }
    }

    private static void endDescendants(Process process) {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void endTree(Process process) {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            List<ProcessHandle> started = descendants.toList();
            process.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /// Reads a stream to its end on a thread of its own; too much of it ends the process.
    private static final class Collector {
        private final Process process;
        private final InputStream stream;
        private final int limitBytes;
        private final AtomicBoolean flooded;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread thread;

        Collector(Process process, InputStream stream, int limitBytes, AtomicBoolean flooded) {
            this.process = process;
            this.stream = stream;
            this.limitBytes = limitBytes;
            this.flooded = flooded;
            // A platform thread: reading a pipe holds a virtual thread's carrier, and a machine
            // with two
            // cores has two of them. A third reader would then never get a turn.
            this.thread = Thread.ofPlatform().daemon().name("outside-output").start(this::read);
        }

        private void read() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                int count = stream.read(buffer);
                while (count >= 0) {
                    if (!keep(buffer, count)) {
                        flooded.set(true);
                        endTree(process);
                        return;
                    }
                    count = stream.read(buffer);
                }
            } catch (IOException e) {
                // The pipe was closed because the process was ended; what was read until then is
                // kept.
                return;
            }
        }

        private boolean keep(byte[] buffer, int count) {
            synchronized (kept) {
                if (kept.size() + count > limitBytes) {
                    return false;
                }
                kept.write(buffer, 0, count);
                return true;
            }
        }

        String text() throws InterruptedException {
            thread.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS));
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
