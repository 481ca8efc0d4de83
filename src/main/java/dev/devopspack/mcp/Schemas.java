package dev.devopspack.mcp;

import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.manager.RunResult;
import io.quarkiverse.mcp.server.GlobalInputSchemaGenerator;
import io.quarkiverse.mcp.server.GlobalOutputSchemaGenerator;
import io.quarkiverse.mcp.server.ToolManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The schemas of the tools' arguments and answers, written by hand in `mcp/schemas.json`.
///
/// Generated ones would say more and cost an assistant thousands of tokens in every conversation:
/// what a capability takes is answered when it is asked with something else.
///
/// The tools are listed in every conversation, and the library makes their list anew each time: a
/// schema is put together and written once, and every answer takes its bytes as they are.
@Singleton
class Schemas implements GlobalInputSchemaGenerator, GlobalOutputSchemaGenerator {

    /// Stands for the answer of `change_set_files`.
    public interface Files {}

    /// Stands for the answer of `change_set_list`.
    public interface ChangeSets {}

    /// Stands for the answer of `audit_search`.
    public interface Entries {}

    /// One of the tools that answer with it.
    private static final Map<Class<?>, String> ANSWERED_BY =
            Map.of(
                    RunResult.class, "devops_pack_manager",
                    RunResult.GatePart.class, "gate_security_infra",
                    Files.class, "change_set_files",
                    ChangeSets.class, "change_set_list",
                    Entries.class, "audit_search");

    private final JsonObject file = new JsonObject(ShippedFile.text("/mcp/schemas.json"));
    private final Map<String, Written> inputs = new HashMap<>();
    private final Map<Class<?>, RawValue> outputs = new HashMap<>();

    Schemas() {
        JsonObject tools = file.getJsonObject("tools");
        for (String tool : tools.fieldNames()) {
            inputs.put(tool, written(tools.getJsonObject(tool).getValue("input")));
        }
        ANSWERED_BY.forEach((type, tool) ->
                outputs.put(type, written(tools.getJsonObject(tool).getValue("output")).value()));
    }

    /// A schema as it is sent.
    private record Written(String asJson, RawValue value) implements InputSchema {}

    @Override
    public InputSchema generate(ToolManager.ToolInfo tool) {
        return Objects.requireNonNull(inputs.get(tool.name()), tool.name());
    }

    @Override
    public Object generate(Class<?> answer) {
        return Objects.requireNonNull(outputs.get(answer), answer.getName());
    }

    private Written written(Object schema) {
        String text = ((JsonObject) resolved(schema)).encode();
        return new Written(text, new RawValue(new SerializedString(text)));
    }

    /// Puts definitions where `$ref` names them: not every client follows references.
    private Object resolved(Object schema) {
        if (schema instanceof JsonObject object) {
            String reference = object.getString("$ref");
            if (reference != null) {
                return resolved(file.getJsonObject("definitions").getValue(reference));
            }
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, Object> field : object) {
                copy.put(field.getKey(), resolved(field.getValue()));
            }
            return copy;
        }
        return schema instanceof JsonArray list ? list.copy() : schema;
    }
}
