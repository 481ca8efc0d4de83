package dev.devopspack.adapter.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.PersonId;
import dev.devopspack.manager.notice.Hook;
import dev.devopspack.manager.notice.NoticeKind;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredHookTest {

    private static final String OPS = "devopspack.notify.hooks.ops.";

    private static final String ADA = "6f0c7c0e-5d0b-4c8e-9d51-0f6a3f2b8c11";

    @TempDir Path folder;

    @Test
    void hooksAreReadWithTheirDefaults() {
        List<ConfiguredHook> hooks =
                read(
                        Map.of(
                                OPS + "url",
                                "https://hooks.example.com/T0/B0/secret",
                                "devopspack.notify.hooks.chat.url",
                                "https://chat.example.com/x",
                                "devopspack.notify.hooks.chat.shape",
                                "slack",
                                "devopspack.notify.hooks.chat.events",
                                "approval.opened, break_glass.used",
                                "devopspack.notify.hooks.chat.every",
                                "PT30M"));

        assertEquals(
                List.of(
                        new Hook(
                                "chat",
                                "slack",
                                "chat.example.com",
                                Set.of(NoticeKind.OPENED, NoticeKind.BREAK_GLASS),
                                Duration.ofMinutes(30),
                                null),
                        new Hook(
                                "ops",
                                "cloudevents",
                                "hooks.example.com",
                                EnumSet.allOf(NoticeKind.class),
                                Duration.ZERO,
                                null)),
                hooks.stream().map(ConfiguredHook::open).toList());
        assertFalse(hooks.toString().contains("secret"), "an address is a secret");
    }

    @Test
    void aPersonsHookIsToldOfWhatAsksHimAndAllOfAQuarterOfAnHourTogether() {
        Map<String, String> hers = Map.of(OPS + "url", "https://h.example/x", OPS + "person", ADA);

        assertEquals(
                new Hook(
                        "ops",
                        "cloudevents",
                        "h.example",
                        Set.of(
                                NoticeKind.OPENED,
                                NoticeKind.SECRET_REQUESTED,
                                NoticeKind.ENDS_SOON,
                                NoticeKind.ENROLLED,
                                NoticeKind.PASSKEY_REMOVED,
                                NoticeKind.ROLES_CHANGED),
                        Duration.ofMinutes(15),
                        PersonId.parse(ADA)),
                read(hers).getFirst().open());
    }

    @ParameterizedTest
    @CsvSource({
        "every, PT0S, every is zero",
        "events, grant.issued, has more than concerns its person"
    })
    void aPersonsHookIsNeitherToldOfEachRequestNorOfWhatAsksHimNothing(
            String setting, String value, String said) {
        Map<String, String> given =
                Map.of(
                        OPS + "url",
                        "https://h.example/x",
                        OPS + "person",
                        ADA,
                        OPS + setting,
                        value);

        String message = assertThrows(IllegalStateException.class, () -> read(given)).getMessage();

        assertTrue(message.contains("devopspack.notify.hooks.ops." + setting), message);
        assertTrue(message.contains(said), message);
    }

    @Test
    void anAddressIsReadFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("url"), "https://hooks.example.com/x\n");

        ConfiguredHook hook = read(Map.of(OPS + "url-file", file.toString())).getFirst();

        assertEquals("/x", hook.target().path());
    }

    @Test
    void theEnvironmentConfiguresAHookToo() {
        NotifySettings settings =
                new SmallRyeConfigBuilder()
                        .withMapping(NotifySettings.class)
                        .withSources(
                                new EnvConfigSource(
                                        Map.of(
                                                "DEVOPSPACK_NOTIFY_HOOKS_OPS_URL",
                                                "https://hooks.example.com/x"),
                                        300))
                        .build()
                        .getConfigMapping(NotifySettings.class);

        assertEquals("ops", ConfiguredHook.all(settings).getFirst().name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    url    | http://hooks.example.com/x         | must begin with https://
                    url    | ftp://inside.example.com/x         | must begin with https://
                    url    | file:///etc/passwd                 | has no host
                    url    | https://a:b@hooks.example.com/x    | has no host, or a user
                    url    | https://hooks.example.com/x#y      | has no host, or a user
                    url    | nonsense here                      | is no address
                    shape  | pager                              | Set it to cloudevents, slack or teams
                    every  | PT13H                              | at most 12H
                    events | approval.opend                     | Use some of: approval.opened
                    person | ada                                | is no person's id
                    """)
    void aMistakeIsSaidWithItsSettingAndWithoutTheAddress(
            String setting, String value, String said) {
        Map<String, String> given =
                setting.equals("url")
                        ? Map.of(OPS + setting, value)
                        : Map.of(
                                OPS + "url", "https://h.example/hidden-path", OPS + setting, value);

        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> read(given));

        String message = refused.getMessage();
        assertTrue(message.contains("devopspack.notify.hooks.ops"), message);
        assertTrue(message.contains(said), message);
        assertFalse(message.contains("hidden-path") || message.contains("/x"), message);
    }

    @Test
    void aHookWithoutAnAddressIsNone() {
        assertThrows(IllegalStateException.class, () -> read(Map.of(OPS + "shape", "slack")));
    }

    @Test
    void withoutTlsOnlyHostsThatAreNamedAreCalled() {
        ConfiguredHook hook =
                read(Map.of(
                                OPS + "url",
                                "http://relay.internal/x",
                                "devopspack.notify.private-hosts",
                                "Relay.internal"))
                        .getFirst();

        assertTrue(hook.target().insideAllowed());
    }

    private static List<ConfiguredHook> read(Map<String, String> properties) {
        return ConfiguredHook.all(
                new SmallRyeConfigBuilder()
                        .withMapping(NotifySettings.class)
                        .withDefaultValues(properties)
                        .build()
                        .getConfigMapping(NotifySettings.class));
    }
}
