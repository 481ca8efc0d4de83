package dev.devopspack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program teaches the Java machine by playing its first hour, and leaves nothing behind.
class RehearsedStartTest {

    /// A busy machine packages, plays and writes the cache slowly.
    private static final long MINUTES = 8;

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir Path folder;

    @Test
    void whatWasRehearsedStartsTheSameProgram() throws Exception {
        Path jar = ServerProcess.packaged(folder.resolve("packaged"), folder.resolve("packaging"));
        Path cache = folder.resolve("devops-pack.aot");
        Path scratch = Files.createDirectory(folder.resolve("scratch"));

        String said =
                run(
                        List.of("deployment/container/aot-cache", JAVA, jar.toString()),
                        cache.toString(),
                        scratch);

        assertEquals("", said);
        try (Stream<Path> left = Files.list(scratch)) {
            // Vert.x makes its two at every start.
            assertEquals(
                    List.of("uploads", "vertx-cache"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
        // On: it refuses to start where the cache does not fit, instead of going without.
        String help =
                run(
                        List.of(
                                JAVA,
                                "@deployment/container/jvm.args",
                                "-XX:AOTMode=on",
                                "-XX:AOTCache=" + cache,
                                "-jar",
                                jar.toString()),
                        "--help",
                        scratch);
        assertTrue(help.contains("Usage: devops-pack [-hV] [COMMAND]"), help);

        assertTrue(
                run(inASmallContainer(jar, cache), "--version", scratch).contains("DevOps Pack"));
    }

    /// As the image starts it, where Java sees half of the memory that the chart gives it.
    private static List<String> inASmallContainer(Path jar, Path cache) throws IOException {
        String file = Files.readString(Path.of("deployment/container/Containerfile"));
        String entry = file.substring(file.indexOf("ENTRYPOINT") + "ENTRYPOINT".length());
        List<String> command = new ArrayList<>();
        new ObjectMapper()
                .readTree(entry.substring(0, entry.indexOf(']') + 1).replace("\\\n", ""))
                .forEach(part ->
                        command.add(
                                part.asText()
                                        .replace("/app/quarkus-run.jar", jar.toString())
                                        .replace("@/app/", "@deployment/container/")
                                        .replace(
                                                "/home/devops-pack/devops-pack.aot",
                                                cache.toString())));
        assertEquals("java", command.removeFirst());
        command.addAll(0, List.of(JAVA, "-XX:MaxRAM=256m", "-XX:AOTMode=on"));
        return command;
    }

    private String run(List<String> command, String last, Path scratch) throws Exception {
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(command.stream(), Stream.of(last)).toList())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("TMPDIR", scratch.toString());
        builder.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "it did not end");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertEquals(0, process.exitValue(), said);
        return said;
    }
}
