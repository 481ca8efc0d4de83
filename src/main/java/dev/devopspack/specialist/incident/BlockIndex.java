package dev.devopspack.specialist.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `runbook.json`: the blocks of a runbook for tools, with the digest of each, so that a tool can
/// see that it runs what was reviewed.
final class BlockIndex {

    static final String FILE = "runbook.json";
    static final String FORMAT = "devops-pack/runbook/v1";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BlockIndex() {}

    static String json(Situation situation, Playbook playbook) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("format", FORMAT);
        index.put("incidentType", situation.type().label());
        index.put("severity", situation.severity().label());
        index.put("services", situation.services().stream().map(s -> s.name().value()).toList());
        index.put(
                "branches",
                playbook.branches().stream()
                        .map(branch ->
                                ordered(
                                        "branch", String.valueOf(branch.letter()),
                                        "cause", branch.cause()))
                        .toList());
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (Part part : playbook.parts()) {
            for (CodeBlock block : PartPage.blocks(part)) {
                blocks.add(
                        ordered(
                                "name", block.name(),
                                "file", part.file(),
                                "step", block.step(),
                                "effect", block.command().effect().label(),
                                "variables", PartPage.needs(block.command()),
                                "sha256",
                                        Digest.of(block.command().script().printed() + "\n")
                                                .hex()));
            }
        }
        index.put("blocks", blocks);
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter()
                        .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                        .withArrayIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(index) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the index is no JSON", e);
        }
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i].toString(), pairs[i + 1]);
        }
        return map;
    }
}
