package dev.devopspack.manager.evidence;

import dev.devopspack.change.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Files that become one zip. The same files give the same bytes: sorted by name, every time of
/// change the same, the digest of each in `manifest.json`.
final class Archive {

    static final String MANIFEST = "manifest.json";

    private static final String FORMAT = "devops-pack/evidence/v1";

    /// The earliest that a zip can say.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Map<String, byte[]> files = new TreeMap<>();

    void add(String name, String text) {
        add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(String name, byte[] bytes) {
        if (files.put(name, bytes.clone()) != null) {
            throw new IllegalArgumentException(name + " is added twice");
        }
    }

    /// @param about what stands in the manifest before its list of files
    byte[] zip(Map<String, Object> about) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(MANIFEST, manifest(about).getBytes(StandardCharsets.UTF_8));
        all.putAll(files);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : all.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(NO_TIME);
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private String manifest(Map<String, Object> about) {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("format", FORMAT);
        manifest.putAll(about);
        List<Object> listed = new ArrayList<>();
        files.forEach((name, bytes) -> {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("name", name);
            file.put("size", bytes.length);
            file.put("sha256", Digest.of(bytes).hex());
            listed.add(file);
        });
        manifest.put("files", listed);
        return Written.json(manifest);
    }
}
