package dev.devopspack.policy.subject;

import dev.cel.common.values.NullValue;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An object as rules see it: a name that is not written is null, as it is in Terraform.
///
/// Values are `Boolean`, `Long`, `Double`, `String`, `NullValue`, `List`, `Attributes` and, for
/// what cannot be known, `CelUnknownSet`.
public final class Attributes extends AbstractMap<String, Object> {

    private final Map<String, Object> values;
    private final @Nullable Subject owner;
    private final Object otherwise;

    public Attributes(Map<String, ?> values) {
        this(values, null);
    }

    public Attributes(Map<String, ?> values, @Nullable Subject owner) {
        this(values, owner, NullValue.NULL_VALUE);
    }

    /// @param otherwise what a name is that `values` has not
    public Attributes(Map<String, ?> values, @Nullable Subject owner, Object otherwise) {
        this.values = new LinkedHashMap<>(values);
        this.owner = owner;
        this.otherwise = otherwise;
    }

    /// The subject of which these are the top-level attributes, if they are.
    public @Nullable Subject owner() {
        return owner;
    }

    public boolean isWritten(String name) {
        Object value = values.get(name);
        return value != null && value != NullValue.NULL_VALUE;
    }

    @Override
    public Object get(@Nullable Object key) {
        Object value = values.get(key);
        return value == null ? otherwise : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String;
    }

    @Override
    public int size() {
        return values.size();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return Collections.unmodifiableMap(values).entrySet();
    }
}
