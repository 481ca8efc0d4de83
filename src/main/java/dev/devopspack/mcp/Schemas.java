package dev.devopspack.mcp;

import dev.devopspack.language.data.ShippedFile;
import io.quarkiverse.mcp.server.InputSchemaGenerator;
import io.quarkiverse.mcp.server.OutputSchemaGenerator;
import io.quarkiverse.mcp.server.ToolManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The schemas of the tools' arguments and answers, written by hand in `mcp/schemas.json`.
///
/// Generated ones would say more and cost an assistant thousands of tokens in every conversation:
/// what a capability takes is answered when it is asked with something else. Public, because the
/// MCP library makes the generators from its own package.
public final class Schemas {

    private static final JsonObject FILE = new JsonObject(ShippedFile.text("/mcp/schemas.json"));

    /// The tools are listed in every conversation, often: each schema is put together once. The
    /// library only reads them.
    private static final Map<String, JsonObject> MADE = new ConcurrentHashMap<>();

    private Schemas() {}

    @Singleton
    public static class Input implements InputSchemaGenerator<JsonObject> {
        @Override
        public JsonObject generate(ToolManager.ToolInfo tool) {
            return input(tool.name());
        }
    }

    @Singleton
    public static class ResultOutput implements OutputSchemaGenerator {
        @Override
        public Object generate(Class<?> type) {
            return resolved("result");
        }
    }

    @Singleton
    public static class VerdictOutput implements OutputSchemaGenerator {
        @Override
        public Object generate(Class<?> type) {
            return resolved("verdict");
        }
    }

    @Singleton
    public static class FilesOutput implements OutputSchemaGenerator {
        @Override
        public Object generate(Class<?> type) {
            return output("change_set_files");
        }
    }

    @Singleton
    public static class ListOutput implements OutputSchemaGenerator {
        @Override
        public Object generate(Class<?> type) {
            return output("change_set_list");
        }
    }

    @Singleton
    public static class EntriesOutput implements OutputSchemaGenerator {
        @Override
        public Object generate(Class<?> type) {
            return output("audit_search");
        }
    }

    private static JsonObject input(String tool) {
        return part(tool, "input");
    }

    private static JsonObject output(String tool) {
        return part(tool, "output");
    }

    private static JsonObject part(String tool, String which) {
        return MADE.computeIfAbsent(
                tool + "/" + which,
                _ ->
                        (JsonObject)
                                resolve(
                                        FILE.getJsonObject("tools")
                                                .getJsonObject(tool)
                                                .getValue(which)));
    }

    private static JsonObject resolved(String definition) {
        return (JsonObject) resolve(FILE.getJsonObject("definitions").getValue(definition));
    }

    /// Puts definitions where `$ref` names them: not every client follows references.
    private static Object resolve(Object schema) {
        if (schema instanceof JsonObject object) {
            String reference = object.getString("$ref");
            if (reference != null) {
                return resolved(reference);
            }
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, Object> field : object) {
                copy.put(field.getKey(), resolve(field.getValue()));
            }
            return copy;
        }
        return schema instanceof JsonArray list ? list.copy() : schema;
    }
}
