package dev.devopspack.adapter.notify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `devopspack.notify.*`: the hooks as the administrator configured them.
@ConfigMapping(prefix = "devopspack.notify")
public interface NotifySettings {

    /// By name, for example `devopspack.notify.hooks.ops.url`.
    Map<String, HookSettings> hooks();

    /// Hosts that may be called although they are inside of our own network, and without TLS.
    @WithName("private-hosts")
    Optional<List<String>> privateHosts();

    /// One hook.
    interface HookSettings {

        /// Where messages are sent. For many services whoever knows it may write.
        Optional<String> url();

        /// A file whose first line is the address, as containers hand secrets over.
        @WithName("url-file")
        Optional<Path> urlFile();

        /// `cloudevents`, `slack` or `teams`.
        Optional<String> shape();

        /// Kinds of audit entries; all that are told where it is not set.
        Optional<List<String>> events();

        /// How long requests are gathered before one message tells of all that wait.
        Optional<Duration> every();

        /// The id of the person whose hook it is: it is told of what waits for him, and only that.
        Optional<String> person();
    }
}
