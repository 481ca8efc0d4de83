package dev.devopspack.testing;

import dev.devopspack.identity.PersonId;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/// Configures a hook `journey` whose receiver a test opens itself, `gone`, where nobody listens,
/// and two that belong to one person each.
public class HookReceivers implements QuarkusTestResourceLifecycleManager {

    public static final String PORT = "test.hook.port";

    /// Whose hooks they are: configured before anybody is there.
    public static final PersonId APPROVER = PersonId.parse("5a4d9c1e-0b7f-4d53-8a51-3f1f6d0f9b01");

    /// Who approves elsewhere.
    public static final PersonId ONLOOKER = PersonId.parse("5a4d9c1e-0b7f-4d53-8a51-3f1f6d0f9b02");

    @Override
    public Map<String, String> start() {
        int port = freePort();
        return Map.ofEntries(
                Map.entry(PORT, String.valueOf(port)),
                Map.entry("devopspack.notify.private-hosts", "localhost"),
                Map.entry(
                        "devopspack.notify.hooks.journey.url",
                        "http://localhost:" + port + "/secret-path"),
                Map.entry(
                        "devopspack.notify.hooks.gone.url",
                        "http://localhost:" + freePort() + "/secret-path"),
                Map.entry("devopspack.notify.hooks.gone.shape", "slack"),
                Map.entry("devopspack.notify.hooks.gone.events", "pause.began"),
                Map.entry(
                        "devopspack.notify.hooks.gathered.url",
                        "http://localhost:" + port + "/secret-path"),
                Map.entry("devopspack.notify.hooks.gathered.events", "approval.opened"),
                Map.entry("devopspack.notify.hooks.gathered.every", "20S"),
                Map.entry(
                        "devopspack.notify.hooks.approver.url",
                        "http://localhost:" + port + "/approver"),
                Map.entry("devopspack.notify.hooks.approver.person", APPROVER.toString()),
                Map.entry("devopspack.notify.hooks.approver.every", "10S"),
                Map.entry(
                        "devopspack.notify.hooks.onlooker.url",
                        "http://localhost:" + port + "/onlooker"),
                Map.entry("devopspack.notify.hooks.onlooker.person", ONLOOKER.toString()),
                Map.entry("devopspack.notify.hooks.onlooker.every", "5S"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}
}
