package dev.devopspack.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/// Stands on the loopback before a server for programs that cannot send a token: adds it, and turns
/// its own address in `Host` and `Origin` into the server's. Every other name passes as it came, so
/// that the server itself refuses it. Answers are streamed.
///
/// One request per connection: only heads of requests are read.
public final class BearerProxy implements AutoCloseable {

    private static final int MAX_HEAD = 64 * 1024;

    private final ServerSocket socket;
    private final URI server;
    private final String secret;

    private BearerProxy(ServerSocket socket, URI server, String secret) {
        this.socket = socket;
        this.server = server;
        this.secret = secret;
    }

    public static BearerProxy before(URI server, String secret) {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            BearerProxy proxy = new BearerProxy(socket, server, secret);
            Thread.ofPlatform().daemon().name("bearer-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The name under which a client reaches the server through here.
    public String authority() {
        return "localhost:" + socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket upstream = new Socket(server.getHost(), server.getPort())) {
            String head = head(client.getInputStream());
            upstream.getOutputStream().write(rewritten(head).getBytes(StandardCharsets.ISO_8859_1));
            Thread.ofPlatform().daemon().start(() -> copyBody(client, upstream));
            upstream.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // One side hung up: closing both is all there is to do.
        }
    }

    private static void copyBody(Socket client, Socket upstream) {
        try {
            client.getInputStream().transferTo(upstream.getOutputStream());
            upstream.close(); // the client hung up: so does its stream of answers
        } catch (IOException e) {
            // The answer has ended first.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4 && head.size() < MAX_HEAD) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the head of the request is not complete");
            }
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private String rewritten(String head) {
        String lines =
                head.strip()
                        .lines()
                        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
                        .map(this::rewrittenLine)
                        .collect(Collectors.joining("\r\n"));
        return lines + "\r\nConnection: close\r\nAuthorization: Bearer " + secret + "\r\n\r\n";
    }

    private String rewrittenLine(String line) {
        String name = line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
        return name.equals("host") || name.equals("origin")
                ? line.replace(authority(), server.getAuthority())
                : line;
    }
}
