package dev.devopspack.policy;

import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The resources of a type, found by what one of their attributes refers to. Asking each of
/// thousands about each of thousands would take minutes.
final class Referrers {

    private final List<Subject> all;

    /// Places in the list of all. What is only partly known may be what it seems to refer to.
    private final Map<String, List<Integer>> byAddress = new HashMap<>();

    /// Those that refer to nothing of a type, by how the addresses of the type begin.
    private final Map<String, List<Integer>> elsewhere = new ConcurrentHashMap<>();

    Referrers(List<Subject> all, String path) {
        this.all = all;
        for (int index = 0; index < all.size(); index++) {
            Subject subject = all.get(index);
            if (!subject.partial()) {
                for (String address : subject.surroundings().references(subject, path)) {
                    byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(index);
                }
            }
        }
    }

    /// Those that may mean the resource by the attribute, in their order: who refers to it, and who
    /// refers to no resource of its type and may mean it by name.
    ///
    /// @param address of the resource, without instance keys
    /// @param type what the addresses of its type begin with
    Stream<Subject> mayMean(String address, String type) {
        List<Integer> referring = byAddress.getOrDefault(address, List.of());
        List<Integer> others = elsewhere.computeIfAbsent(type, this::outside);
        return Stream.concat(referring.stream(), others.stream()).sorted().map(all::get);
    }

    private List<Integer> outside(String type) {
        Set<Integer> inside = new HashSet<>();
        byAddress.forEach((address, indexes) -> {
            if (address.startsWith(type)) {
                inside.addAll(indexes);
            }
        });
        return IntStream.range(0, all.size())
                .filter(index -> !inside.contains(index))
                .boxed()
                .toList();
    }
}
