package dev.devopspack.testing;

import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretFile;
import dev.devopspack.approval.secret.SecretName;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.approval.secret.SecretRequestId;
import dev.devopspack.approval.secret.SecretStore;
import dev.devopspack.approval.secret.SecretVersion;
import dev.devopspack.change.Digest;
import dev.devopspack.identity.PersonId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Requests for secrets in memory, with the promises of the real store.
public final class InMemorySecrets implements SecretStore {

    private final Map<SecretRequestId, AskedSecret> asked = new LinkedHashMap<>();
    private final Map<SecretRequestId, List<SecretFile>> files = new LinkedHashMap<>();
    private final List<SecretVersion> versions = new ArrayList<>();

    @Override
    public synchronized boolean insert(SecretRequest request) {
        boolean waits =
                asked.values().stream()
                        .filter(each -> each.status() == AskedSecret.Status.PENDING)
                        .anyMatch(each ->
                                each.request().spec().secret().equals(request.spec().secret()));
        if (!waits) {
            asked.put(
                    request.id(),
                    new AskedSecret(
                            request,
                            AskedSecret.Status.PENDING,
                            List.of(),
                            "",
                            "",
                            request.createdAt()));
        }
        return !waits;
    }

    @Override
    public synchronized Optional<AskedSecret> find(SecretRequestId id) {
        return Optional.ofNullable(asked.get(id));
    }

    @Override
    public Optional<AskedSecret> lock(SecretRequestId id) {
        return find(id);
    }

    @Override
    public synchronized List<AskedSecret> newest(int limit) {
        return new ArrayList<>(asked.values()).reversed().stream().limit(limit).toList();
    }

    @Override
    public synchronized List<AskedSecret> pending(int limit) {
        return asked.values().stream()
                .filter(each -> each.status() == AskedSecret.Status.PENDING)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int waiting(PersonId person) {
        return (int)
                asked.values().stream()
                        .filter(each -> each.status() == AskedSecret.Status.PENDING)
                        .filter(each -> each.request().person().equals(person))
                        .count();
    }

    @Override
    public synchronized boolean insertSealed(
            SecretRequestId id, SecretFile file, String sha256, PersonId by, Instant now) {
        AskedSecret before = asked.get(id);
        if (!before.sealed().isEmpty()) {
            return false;
        }
        asked.put(
                id,
                new AskedSecret(
                        before.request(),
                        before.status(),
                        before.approvals(),
                        sha256,
                        before.note(),
                        now));
        insertFile(id, file);
        return true;
    }

    @Override
    public synchronized boolean insertApproval(
            SecretRequestId id, PersonId person, Digest act, Instant now) {
        AskedSecret before = asked.get(id);
        if (before.approvers().contains(person)) {
            return false;
        }
        List<AskedSecret.Approval> approvals = new ArrayList<>(before.approvals());
        approvals.add(new AskedSecret.Approval(person, act));
        asked.put(
                id,
                new AskedSecret(
                        before.request(),
                        before.status(),
                        approvals,
                        before.sealed(),
                        before.note(),
                        now));
        return true;
    }

    @Override
    public synchronized boolean end(
            SecretRequestId id, AskedSecret.Status to, String note, Instant now) {
        AskedSecret before = asked.get(id);
        if (before.statusAt(now) != AskedSecret.Status.PENDING) {
            return false;
        }
        put(before, to, note, now);
        return true;
    }

    private void put(AskedSecret before, AskedSecret.Status to, String note, Instant now) {
        asked.put(
                before.request().id(),
                new AskedSecret(
                        before.request(), to, before.approvals(), before.sealed(), note, now));
    }

    @Override
    public synchronized List<SecretRequestId> expire(Instant now) {
        List<AskedSecret> due =
                asked.values().stream()
                        .filter(each -> each.status() == AskedSecret.Status.PENDING)
                        .filter(each -> each.statusAt(now) == AskedSecret.Status.EXPIRED)
                        .toList();
        due.forEach(each -> put(each, AskedSecret.Status.EXPIRED, "nobody decided in time", now));
        return due.stream().map(each -> each.request().id()).toList();
    }

    @Override
    public synchronized void insertVersion(SecretVersion version) {
        versions.add(version);
    }

    @Override
    public synchronized boolean revoke(
            SecretName secret, int version, String why, SecretRequestId by, Instant now) {
        for (int i = 0; i < versions.size(); i++) {
            SecretVersion each = versions.get(i);
            if (each.secret().equals(secret)
                    && each.version() == version
                    && each.revoked() == null) {
                versions.set(
                        i,
                        new SecretVersion(
                                each.secret(),
                                each.version(),
                                each.flow(),
                                each.request(),
                                each.commitment(),
                                each.salt(),
                                each.madeAt(),
                                new SecretVersion.Revoked(now, why)));
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void insertFile(SecretRequestId id, SecretFile file) {
        files.computeIfAbsent(id, _ -> new ArrayList<>()).add(file);
    }

    @Override
    public synchronized List<SecretFile> files(SecretRequestId id) {
        return List.copyOf(files.getOrDefault(id, List.of()));
    }

    @Override
    public synchronized List<SecretVersion> versions(SecretName secret) {
        return versions.stream().filter(each -> each.secret().equals(secret)).toList().reversed();
    }

    @Override
    public synchronized List<SecretVersion> versions(int limit) {
        return versions.stream().limit(limit).toList();
    }
}
