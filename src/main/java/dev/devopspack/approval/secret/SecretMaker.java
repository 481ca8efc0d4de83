package dev.devopspack.approval.secret;

import dev.devopspack.audit.AuditEntry;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Secrets;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Does what people approved, in the transaction of the last approval: makes a version, seals it,
/// revokes the one before. A value lives here for as long as it takes to seal it.
public final class SecretMaker {

    /// Longer than every key and certificate that is typed or pasted.
    static final int LONGEST_TYPED = 16 * 1_024;

    private final SecretStore store;
    private final Recipient.Directory recipients;
    private final AuditLog log;
    private final Secrets secrets;
    private final Clock clock;

    public SecretMaker(
            SecretStore store,
            Recipient.Directory recipients,
            AuditLog log,
            Secrets secrets,
            Clock clock) {
        this.store = store;
        this.recipients = recipients;
        this.log = log;
        this.secrets = secrets;
        this.clock = clock;
    }

    void make(AskedSecret asked) {
        SecretRequest request = asked.request();
        Instant now = clock.instant();
        switch (request.spec().operation()) {
            case REVOKE -> {
                revoke(request, request.version(), request.reason(), now);
                if (request.spec().flow() == SecretFlow.STORE) {
                    store.insertFile(
                            request.id(),
                            VaultSteps.revoking(request.spec().secret(), request.version()));
                }
            }
            case CREATE, ROTATE -> {
                version(request, now);
                store.versions(request.spec().secret()).stream()
                        .filter(before ->
                                before.version() < request.version() && before.revoked() == null)
                        .forEach(before ->
                                revoke(
                                        request,
                                        before.version(),
                                        "version " + request.version() + " takes its place",
                                        now));
            }
        }
        if (!store.end(request.id(), AskedSecret.Status.DONE, "", now)) {
            throw new IllegalStateException(request.id() + " was ended meanwhile");
        }
    }

    private void version(SecretRequest request, Instant now) {
        SecretSpec spec = request.spec();
        switch (spec.flow()) {
            case CLUSTER ->
                    keep(
                            request,
                            "",
                            "",
                            List.of(
                                    GeneratedManifests.of(
                                            spec.secret(), request.version(), spec.length())),
                            now);
            case STORE ->
                    keep(
                            request,
                            "",
                            "",
                            VaultSteps.of(spec.secret(), request.version(), spec.length()),
                            now);
            case TYPED -> keep(request, "", "", List.of(), now);
            case SEALED -> {
                Recipient recipient = recipient(request);
                byte[] salt = MadeValue.salt(secrets);
                try (MadeValue value = MadeValue.random(spec.length())) {
                    keep(
                            request,
                            value.commitment(salt, spec.secret(), request.version()),
                            HexFormat.of().formatHex(salt),
                            List.of(
                                    recipient.seal(
                                            spec.secret(), request.version(), value.bytes())),
                            now);
                }
            }
        }
    }

    private void keep(
            SecretRequest request,
            String commitment,
            String salt,
            List<SecretFile> files,
            Instant now) {
        files.forEach(file -> store.insertFile(request.id(), file));
        store.insertVersion(
                new SecretVersion(
                        request.spec().secret(),
                        request.version(),
                        request.spec().flow(),
                        request.id(),
                        commitment,
                        salt,
                        now,
                        null));
        Map<String, String> facts = SecretRequests.facts(request);
        if (!commitment.isEmpty()) {
            facts.put("commitment", commitment);
        }
        facts.put(
                "files",
                store.files(request.id()).stream()
                        .map(file -> file.name() + "=" + Digest.of(file.text()))
                        .collect(Collectors.joining(" ")));
        log.append(AuditEntry.of("secret.made", "system", facts));
    }

    private void revoke(SecretRequest request, int version, String why, Instant now) {
        if (!store.revoke(request.spec().secret(), version, why, request.id(), now)) {
            throw new IllegalStateException("version " + version + " was revoked meanwhile");
        }
        Map<String, String> facts = SecretRequests.facts(request);
        facts.put("version", String.valueOf(version));
        facts.put("why", why);
        log.append(AuditEntry.of("secret.revoked", "system", facts));
    }

    /// The recipient's key must be the one that people read.
    private Recipient recipient(SecretRequest request) {
        return recipients
                .find(String.valueOf(request.spec().recipient()))
                .filter(found -> found.fingerprint().equals(request.fingerprint()))
                .orElseThrow(() ->
                        new InvalidInput(
                                "recipient",
                                "the recipient's key was changed since people were asked",
                                "Deny this request and ask again."));
    }

    /// Keeps what a browser sealed, if it has the shape that the cluster opens.
    void keepTyped(AskedSecret asked, PersonId by, String sealed) {
        SecretRequest request = asked.request();
        if (!(recipient(request) instanceof ClusterRecipient cluster)) {
            throw new IllegalStateException("a browser seals to clusters only");
        }
        byte[] bytes = checked(sealed, cluster);
        SecretFile file = SealedManifest.of(request.spec().secret(), request.version(), bytes);
        String digest = Digest.of(bytes).hex();
        Instant now = clock.instant();
        if (!store.insertSealed(request.id(), file, digest, by, now)) {
            throw new IllegalStateException("the request was locked, yet a value came meanwhile");
        }
        Map<String, String> facts = SecretRequests.facts(request);
        facts.put("sealed", digest);
        log.append(AuditEntry.of("secret.typed", "person:" + by, facts));
    }

    private static byte[] checked(String sealed, ClusterRecipient cluster) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(sealed);
        } catch (IllegalArgumentException _) {
            throw shapeless();
        }
        if (bytes.length < cluster.sealedLength(1)
                || bytes.length > cluster.sealedLength(LONGEST_TYPED)
                || ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) != cluster.keyLength()) {
            throw shapeless();
        }
        return bytes;
    }

    private static InvalidInput shapeless() {
        return new InvalidInput(
                "/sealed",
                "this is nothing that the page sealed for this recipient",
                "Load the page again and type the value there, at most "
                        + LONGEST_TYPED
                        + " bytes.");
    }
}
