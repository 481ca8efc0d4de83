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
        return Map.of(
                PORT,
                String.valueOf(port),
                "devopspack.notify.private-hosts",
                "localhost",
                "devopspack.notify.hooks.journey.url",
                "http://localhost:" + port + "/secret-path",
                "devopspack.notify.hooks.gone.url",
                "http://localhost:" + freePort() + "/secret-path",
                "devopspack.notify.hooks.gone.shape",
                "slack",
                "devopspack.notify.hooks.gone.events",
                "pause.began");
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
