package dev.devopspack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/// Configures a hook `journey` whose receiver a test opens itself, and `gone`, where nobody
/// listens.
public class HookReceivers implements QuarkusTestResourceLifecycleManager {

    public static final String PORT = "test.hook.port";

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
                Map.entry("devopspack.notify.hooks.gathered.every", "20S"));
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
