package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.Digest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditRedactorTest {

    private final AuditRedactor redactor = new AuditRedactor();

    @Test
    void whatNamesThingsIsKept() {
        for (String fact :
                List.of(
                        Digest.of("a").value(),
                        Digest.of("a").hex(),
                        ChangeSetId.of(Digest.of("a")).value(),
                        "ap-abcdefghijklmnopqrstuvwxyz",
                        UUID.randomUUID().toString(),
                        "https://github.com/acme/infra",
                        "0123456789abcdef0123456789abcdef01234567",
                        "gate.security.infra=PASSED",
                        "The reviewer's password policy was discussed",
                        "2026-03-04T12:00:00Z")) {
            assertEquals(fact, redactor.redact(fact));
        }
    }

    @Test
    void whatIsASecretIsNot() {
        for (String secret :
                List.of(
                        "AKIA" + "Z7QH3WLTNC5VBX2M",
                        "ghp_" + "k3Jx9QpLm2Zr8TvWn5YcBd7HgFs1Ea4Ru6Io",
                        "-----BEGIN RSA PRIVATE KEY-----\n"
                                + "MIIEpAIBAAKCAQEAt3kQ5Yx7".repeat(20)
                                + "\n-----END RSA PRIVATE KEY-----")) {
            assertFalse(redactor.redact("it is " + secret + " here").contains(secret), secret);
        }
    }
}
