package dev.devopspack.command;

import dev.devopspack.approval.Grant;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.task.InvalidInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the audit log's checkpoint in what people keep: the published text, a grant, a proof.
final class KeptFiles {

    private KeptFiles() {}

    /// @throws InvalidInput if there is none in the file; who signed it is not looked at here
    static SignedCheckpoint checkpoint(Path file) {
        String text = ReadFiles.text(file);
        if (TlogProof.looksLike(text)) {
            return TlogProof.parse(text).checkpoint();
        }
        if (text.stripLeading().startsWith("{")) {
            return Grant.checkpointIn(text.strip())
                    .orElseThrow(() ->
                            new InvalidInput(
                                    file.toString(),
                                    "this grant holds no checkpoint of the audit log",
                                    "Name a newer grant, or the checkpoint itself."));
        }
        return SignedCheckpoint.parse(text);
    }

    /// Whether the file is the proof of an entry: an export starts otherwise and may be long.
    static boolean isProof(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            char[] start = new char[TlogProof.FIRST_LINE.length() + 1];
            int read = lines.read(start);
            return read == start.length && TlogProof.looksLike(new String(start));
        }
    }
}
