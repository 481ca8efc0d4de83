package dev.devopspack.adapter.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.manager.notice.Courier;
import dev.devopspack.manager.notice.Hook;
import dev.devopspack.manager.notice.Notice;
import dev.devopspack.manager.notice.NoticeKey;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Sends messages to the configured hooks.
@ApplicationScoped
class WebhookCourier implements Courier {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ConfiguredHook> hooks;
    private final PinnedPost post;
    private final NoticeKey key;
    private final String site;
    private final Clock clock;

    @Inject
    WebhookCourier(
            NotifySettings settings,
            @ConfigProperty(name = "devopspack.base-url") String site,
            Vertx vertx,
            NoticeKey key,
            Clock clock) {
        this(
                ConfiguredHook.all(settings),
                new PinnedPost(vertx, new HttpClientOptions(), InetAddress::getAllByName),
                site,
                key,
                clock);
    }

    WebhookCourier(
            List<ConfiguredHook> hooks, PinnedPost post, String site, NoticeKey key, Clock clock) {
        this.hooks = List.copyOf(hooks);
        this.post = post;
        this.site = site.endsWith("/") ? site.substring(0, site.length() - 1) : site;
        this.key = key;
        this.clock = clock;
    }

    /// A mistake in the configuration ends the start, not the first message.
    void start(@Observes StartupEvent started) {}

    @Override
    public List<Hook> hooks() {
        return hooks.stream().map(ConfiguredHook::open).toList();
    }

    @Override
    public Sent send(String hook, Notice notice) {
        Optional<ConfiguredHook> found =
                hooks.stream().filter(each -> each.name().equals(hook)).findFirst();
        if (found.isEmpty()) {
            return new Sent.Failed("the hook is not configured any more", false);
        }
        Shape shape = found.get().shape();
        Target target = found.get().target();
        byte[] body = bytes(shape, notice);
        return post.send(
                target,
                MessageSignature.headers(
                        target.uri(), shape.contentType(), body, clock.instant(), key),
                body);
    }

    private byte[] bytes(Shape shape, Notice notice) {
        try {
            return JSON.writeValueAsBytes(shape.body(notice, site));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message of ours cannot be written", e);
        }
    }
}
