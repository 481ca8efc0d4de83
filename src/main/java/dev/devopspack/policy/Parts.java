package dev.devopspack.policy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Cuts a long list into parts that the processors work at together. What is made of the parts
/// comes in their order, so that a result does not depend on which was ready first.
final class Parts {

    private Parts() {}

    /// @param size of a part; a list that is no longer is worked at by the caller alone
    static <T> Stream<List<T>> of(List<T> all, int size) {
        int parts = (all.size() + size - 1) / size;
        Stream<List<T>> stream =
                IntStream.range(0, parts)
                        .mapToObj(i -> all.subList(i * size, Math.min((i + 1) * size, all.size())));
        return parts > 1 ? stream.parallel() : stream;
    }
}
