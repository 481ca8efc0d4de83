package dev.devopspack.web;

import dev.devopspack.approval.ApprovalId;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.manager.VerdictStatements;
import jakarta.ws.rs.core.Response;
import java.util.Locale;

/// Bytes to be kept, never to be shown as a page of ours.
final class Downloads {

    private Downloads() {}

    /// The raw bytes, whatever they are, as plain text: nothing of a change set runs here.
    static Response file(Artifact file) {
        return Response.ok(file.bytes())
                .type("text/plain; charset=utf-8")
                .header("X-Content-SHA256", file.digest().hex())
                .build();
    }

    static Response evidence(ChangeSetId changeSet, byte[] zip) {
        return Response.ok(zip)
                .type("application/zip")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"evidence-" + changeSet + ".zip\"")
                .build();
    }

    static Response grant(ApprovalId approval, String envelope) {
        return Response.ok(envelope)
                .type("application/vnd.in-toto+json")
                .header("Content-Disposition", "attachment; filename=\"" + approval + ".json\"")
                .build();
    }

    static Response statement(ChangeSetId changeSet, VerdictStatements.Kind kind, String envelope) {
        String name = changeSet + "-" + kind.name().toLowerCase(Locale.ROOT);
        return Response.ok(envelope)
                .type("application/vnd.in-toto+json")
                .header("Content-Disposition", "attachment; filename=\"" + name + ".json\"")
                .build();
    }
}
