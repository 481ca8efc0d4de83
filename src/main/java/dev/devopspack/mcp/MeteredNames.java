package dev.devopspack.mcp;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.ToolManager;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Predicate;

/// Keeps what callers type out of the metrics. The library labels its timers with the name of the
/// tool or prompt that was asked for, also where there is none, and with the address of each
/// resource that was read: every new one would be kept for as long as the server runs.
///
/// Names of tools and prompts that exist stay; resources are counted together.
@Singleton
class MeteredNames implements MeterFilter {

    private static final String METERS = "mcp.server.requests.";

    /// What a name that nothing has is counted under.
    static final String UNKNOWN = "UNKNOWN";

    private final Predicate<String> tools;
    private final Predicate<String> prompts;

    /// Looked at when something was called: metrics are there before tools are.
    @Inject
    MeteredNames(Instance<ToolManager> tools, Instance<PromptManager> prompts) {
        this(
                name -> tools.get().getTool(name) != null,
                name -> prompts.get().getPrompt(name) != null);
    }

    MeteredNames(Predicate<String> tools, Predicate<String> prompts) {
        this.tools = tools;
        this.prompts = prompts;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(METERS)) {
            return id;
        }
        List<Tag> bounded =
                id.getTags().stream()
                        .filter(tag -> !tag.getKey().equals("resource.uri"))
                        .map(this::bounded)
                        .toList();
        return id.replaceTags(bounded);
    }

    private Tag bounded(Tag tag) {
        Predicate<String> known =
                switch (tag.getKey()) {
                    case "tool.name" -> tools;
                    case "prompt.name" -> prompts;
                    default -> _ -> true;
                };
        return known.test(tag.getValue()) ? tag : Tag.of(tag.getKey(), UNKNOWN);
    }
}
