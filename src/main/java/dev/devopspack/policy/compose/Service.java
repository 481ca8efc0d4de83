package dev.devopspack.policy.compose;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.language.yaml.YamlNode.Entry;
import dev.devopspack.language.yaml.YamlNode.Mapping;
import dev.devopspack.language.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A service with what it extends.
///
/// @param name its key
/// @param span from its key on
/// @param node its mapping, what it takes over included
/// @param elsewhere whether it extends a service of another file, which is not read
record Service(String name, Span span, YamlNode node, boolean elsewhere) {

    /// Services that extend each other; people write two.
    private static final int MAX_CHAIN = 10;

    static List<Service> of(YamlNode services) {
        List<Service> all = new ArrayList<>();
        services.entries().forEach((name, entry) -> all.add(of(name, entry, services)));
        return all;
    }

    private static Service of(String name, Entry entry, YamlNode services) {
        YamlNode node = entry.value();
        String own = name;
        boolean elsewhere = false;
        Optional<YamlNode> extended = node.get("extends");
        for (int i = 0; i < MAX_CHAIN && extended.isPresent(); i++) {
            YamlNode from = extended.get();
            elsewhere = from.get("file").isPresent();
            String base =
                    from.text().or(() -> from.get("service").flatMap(YamlNode::text)).orElse(own);
            YamlNode other = elsewhere ? null : services.get(base).orElse(null);
            if (other == null || base.equals(own)) {
                elsewhere |= other == null;
                break;
            }
            node = merged(other, node, 0);
            extended = other.get("extends");
            own = base;
        }
        return new Service(name, entry.node().span(), node, elsewhere);
    }

    /// Mappings are joined, lists follow each other, and of texts the later counts.
    private static YamlNode merged(@Nullable YamlNode base, YamlNode over, int depth) {
        if (depth > 20) {
            return over;
        }
        if (base instanceof Mapping below && over instanceof Mapping above) {
            Map<String, Entry> entries = new LinkedHashMap<>(below.entries());
            above.entries()
                    .forEach((key, entry) -> {
                        Entry known = below.entries().get(key);
                        YamlNode value =
                                known == null
                                        ? entry.value()
                                        : merged(known.value(), entry.value(), depth + 1);
                        entries.put(key, new Entry(key, entry.node(), value, entry.merged()));
                    });
            return new Mapping(entries, above.flow(), above.span(), above.tag());
        }
        if (base instanceof Sequence below && over instanceof Sequence above) {
            List<YamlNode> items = new ArrayList<>(below.items());
            items.addAll(above.items());
            return new Sequence(items, above.flow(), above.span(), above.tag());
        }
        return over;
    }

    /// The value at a path of keys.
    Optional<YamlNode> at(String... path) {
        Optional<YamlNode> found = Optional.of(node);
        for (String key : path) {
            found = found.flatMap(each -> each.get(key));
        }
        return found;
    }

    /// Where the longest written part of a path stands.
    Span place(String... path) {
        Span place = span;
        YamlNode at = node;
        for (String key : path) {
            Entry entry = at.entries().get(key);
            if (entry == null) {
                break;
            }
            place = entry.node().span();
            at = entry.value();
        }
        return place;
    }
}
