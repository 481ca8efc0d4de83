package dev.devopspack.approval;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A manifest as a grant carries it: its canonical text, and of its contents what a verifier needs.
///
/// Because the text is inside the grant, a verifier follows the person's signature to the bytes of
/// every file without trusting the server in between.
///
/// @param text the canonical manifest, format v1
/// @param files the SHA-256 of every file by its name
/// @param planFile the SHA-256 of the plan file, where one was given
/// @param requesterPerson the id of the human who asked, where known
public record ApprovedManifest(
        String text,
        SortedMap<String, Digest> files,
        @Nullable Digest planFile,
        Environment environment,
        StackName stack,
        Digest policy,
        @Nullable String requesterPerson) {

    private static final int MAX_CHARACTERS = 4 * 1_024 * 1_024;

    static ApprovedManifest of(Manifest manifest) {
        return parse(Canonical.text(manifest.document()));
    }

    public Digest digest() {
        return Digest.of(text);
    }

    /// @throws InvalidInput if it is no canonical manifest of format v1
    static ApprovedManifest parse(String text) {
        Map<String, Object> map = StrictJson.object("manifest", text, MAX_CHARACTERS);
        if (!Manifest.FORMAT.equals(map.get("format"))) {
            throw refusal("its format is not " + Manifest.FORMAT);
        }
        if (!canonical(map).equals(text)) {
            throw refusal("it is not in canonical form");
        }
        Fields fields = new Fields("manifest", map);
        Fields target = fields.object("target");
        return new ApprovedManifest(
                text,
                files(fields),
                planFile(fields),
                new Environment(target.text("environment")),
                new StackName(target.text("stack")),
                new Digest(fields.text("policy")),
                fields.object("requester").textIfPresent("person"));
    }

    private static SortedMap<String, Digest> files(Fields manifest) {
        SortedMap<String, Digest> files = new TreeMap<>();
        for (Fields artifact : manifest.objects("artifacts")) {
            if (files.put(artifact.text("name"), artifact.hash("sha256")) != null) {
                throw refusal("it names a file twice");
            }
        }
        return files;
    }

    private static @Nullable Digest planFile(Fields manifest) {
        if (!manifest.has("plan")) {
            return null;
        }
        Fields plan = manifest.object("plan");
        return plan.has("fileSha256") ? plan.hash("fileSha256") : null;
    }

    private static String canonical(Map<String, Object> map) {
        try {
            return Canonical.text(map);
        } catch (IllegalArgumentException e) {
            throw refusal("it is not in canonical form");
        }
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("manifest", problem, "Use the grant as it was downloaded.");
    }
}
