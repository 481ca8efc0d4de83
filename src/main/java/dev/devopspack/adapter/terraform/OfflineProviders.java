package dev.devopspack.adapter.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.language.schema.SchemaPack;
import dev.devopspack.language.schema.SchemaPacks;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// The offline providers of this process: one warm server for each schema pack, started when first
/// needed.
///
/// They listen on loopback at a random port and hold nothing but published schemas.
@ApplicationScoped
public class OfflineProviders implements AutoCloseable {
    private static final int PROTOCOL_VERSION = 5;

    /// A plan's largest value is one resource's configuration; the files it comes from are bounded
    /// far below.
    private static final int MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

    private static final int STOP_TIMEOUT_SECONDS = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Server> servers = new TreeMap<>();

    /// What `TF_REATTACH_PROVIDERS` must hold so that terraform uses these providers.
    ///
    /// @param providers short names of providers with a schema pack
    public String reattach(Collection<String> providers) {
        Map<String, Object> addresses = new TreeMap<>();
        for (String provider : providers) {
            SchemaPack pack = SchemaPacks.pack(provider);
            addresses.put(pack.source(), reattach(server(pack)));
        }
        try {
            return JSON.writeValueAsString(addresses);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `Test: true` keeps terraform from stopping the process it attaches to, which is us.
    private static Map<String, Object> reattach(Server server) {
        return Map.of(
                "Protocol",
                "grpc",
                "ProtocolVersion",
                PROTOCOL_VERSION,
                "Pid",
                ProcessHandle.current().pid(),
                "Test",
                true,
                "Addr",
                Map.of("Network", "tcp", "String", "127.0.0.1:" + server.getPort()));
    }

    private synchronized Server server(SchemaPack pack) {
        return servers.computeIfAbsent(pack.provider(), provider -> start(pack));
    }

    private static Server start(SchemaPack pack) {
        try {
            return NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(new OfflineProvider(pack))
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The offline provider " + pack + " cannot listen on loopback", e);
        }
    }

    @PreDestroy
    @Override
    public synchronized void close() {
        servers.values().forEach(Server::shutdownNow);
        servers.values().forEach(OfflineProviders::awaitStop);
        servers.clear();
    }

    private static void awaitStop(Server server) {
        try {
            server.awaitTermination(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
