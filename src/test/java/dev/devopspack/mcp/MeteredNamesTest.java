package dev.devopspack.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeteredNamesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    {
        registry.config().meterFilter(new MeteredNames("asked"::equals, "written"::equals));
    }

    @Test
    void toolsAndPromptsThatExistAreToldApart() {
        count("mcp.server.requests.tools.call", "tool.name", "asked");
        count("mcp.server.requests.prompts.get", "prompt.name", "written");

        assertEquals(
                List.of(
                        "mcp.server.requests.prompts.get [prompt.name=written]",
                        "mcp.server.requests.tools.call [tool.name=asked]"),
                meters());
    }

    @Test
    void whateverCallersMakeUpIsOneRow() {
        IntStream.range(0, 1_000)
                .mapToObj(i -> "made up\" " + i)
                .forEach(name -> {
                    count("mcp.server.requests.tools.call", "tool.name", name);
                    count("mcp.server.requests.prompts.get", "prompt.name", name);
                    count("mcp.server.requests.resources.read", "resource.uri", name);
                });

        assertEquals(
                List.of(
                        "mcp.server.requests.prompts.get [prompt.name=UNKNOWN]",
                        "mcp.server.requests.resources.read []",
                        "mcp.server.requests.tools.call [tool.name=UNKNOWN]"),
                meters());
    }

    @Test
    void otherMetersKeepTheirLabels() {
        count("own", "tool.name", "anything");

        assertEquals(List.of("own [tool.name=anything]"), meters());
    }

    private void count(String meter, String label, String value) {
        registry.counter(meter, Tags.of(label, value)).increment();
    }

    private List<String> meters() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .map(id -> id.getName() + " " + id.getTags().stream().map(this::text).toList())
                .sorted()
                .toList();
    }

    private String text(Tag tag) {
        return tag.getKey() + "=" + tag.getValue();
    }
}
