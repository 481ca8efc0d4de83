package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Arguments and nested blocks with their values, in the order of the file.
public record EvaluatedBody(
        Map<String, EvaluatedAttribute> attributes, List<EvaluatedBlock> blocks, Span span) {

    public static final EvaluatedBody EMPTY = new EvaluatedBody(Map.of(), List.of(), Span.START);

    public EvaluatedBody {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        blocks = List.copyOf(blocks);
    }

    public Optional<EvaluatedAttribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /// Value of an argument; empty where it is not written.
    public Optional<Value> value(String name) {
        return attribute(name).map(EvaluatedAttribute::value);
    }

    public List<EvaluatedBlock> blocks(String type) {
        List<EvaluatedBlock> found = List.of();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).type().equals(type)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(blocks.get(i));
            }
        }
        return Collections.unmodifiableList(found);
    }

    /// Everything as one object: arguments, and the blocks of each type as a list of objects.
    public ObjectValue asValue() {
        return asValue(null);
    }

    /// The object that expressions see.
    ///
    /// @param rest where what is not written belongs to: it is computed by the provider
    ObjectValue asValue(@Nullable Reference rest) {
        Map<String, Value> members = new TreeMap<>();
        for (EvaluatedAttribute attribute : attributes.values()) {
            boolean computed = rest != null && attribute.value() instanceof Null;
            if (!computed) {
                members.put(attribute.name(), attribute.value());
            }
        }
        Map<String, List<Value>> lists = new LinkedHashMap<>();
        for (EvaluatedBlock block : blocks) {
            List<Value> list = lists.computeIfAbsent(block.type(), _ -> new ArrayList<>());
            Reference blockRest =
                    rest == null ? null : rest.with(block.type()).with(String.valueOf(list.size()));
            list.add(block.body().asValue(blockRest));
        }
        lists.forEach((type, list) -> members.put(type, new ListValue(list, false)));
        return new ObjectValue(members, rest);
    }
}
