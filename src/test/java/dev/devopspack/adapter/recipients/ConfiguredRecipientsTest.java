package dev.devopspack.adapter.recipients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.approval.secret.Recipient;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredRecipientsTest {

    private static final String SETTING = "devopspack.secrets.recipients.";
    private static final String KEY =
            "age1cy0su9fwf3gf9mw868g5yut09p6nytfmmnktexz2ya5uqg9vl9sss4euqm";

    @TempDir Path folder;

    @Test
    void recipientsAreFoundByName() {
        Recipient.Directory recipients =
                read(Map.of(SETTING + "ops.age", KEY, SETTING + "b.age", KEY));

        assertEquals(List.of("b", "ops"), recipients.all().stream().map(Recipient::name).toList());
        assertEquals("age", recipients.find("ops").orElseThrow().kind());
        assertTrue(recipients.find("nobody").isEmpty());
    }

    @Test
    void aMistakeIsSaidWithItsSetting() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("c.pem"), "nonsense");

        refused(Map.of(SETTING + "ops.age", "age1nonsense"), "Use what age-keygen prints");
        refused(
                Map.of(SETTING + "ops.certificate-file", nonsense.toString()),
                "kubeseal --fetch-cert");
        refused(
                Map.of(
                        SETTING + "ops.certificate-file",
                        nonsense.toString(),
                        SETTING + "ops.age",
                        KEY),
                "Set either");
    }

    private static void refused(Map<String, String> settings, String said) {
        String message =
                assertThrows(IllegalStateException.class, () -> read(settings)).getMessage();
        assertTrue(message.contains(said) && message.contains("recipients.ops"), message);
    }

    private static Recipient.Directory read(Map<String, String> settings) {
        return new ConfiguredRecipients(
                new SmallRyeConfigBuilder()
                        .withMapping(SecretSettings.class)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(SecretSettings.class));
    }
}
