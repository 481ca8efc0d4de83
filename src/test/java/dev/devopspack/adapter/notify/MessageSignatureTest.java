package dev.devopspack.adapter.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.adapter.keys.FileNoticeKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageSignatureTest {

    private static final Instant CREATED = Instant.parse("2026-07-14T10:12:00Z");

    @TempDir Path folder;

    @Test
    void theDocumentedVectorIsWhatIsSent() throws Exception {
        Path file = folder.resolve("key");
        Files.writeString(
                file,
                """
                d=nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A
                x=11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo
                notBefore=2026-01-01T00:00:00Z
                """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        FileNoticeKey key = new FileNoticeKey(folder, Optional.of(file), Clock.systemUTC());

        Map<String, String> headers =
                MessageSignature.headers(
                        "https://hooks.example.com/in?token=t",
                        Shape.CLOUDEVENTS.contentType(),
                        "{\"specversion\":\"1.0\"}".getBytes(StandardCharsets.UTF_8),
                        CREATED,
                        key);

        String document = Files.readString(Path.of("docs/formats/notice.md"));
        StringBuilder message = new StringBuilder();
        headers.forEach(
                (name, value) -> message.append(name).append(": ").append(value).append('\n'));
        assertTrue(document.contains("Host: hooks.example.com\n" + message), message::toString);
        assertEquals(4, headers.size());
    }
}
