package dev.devopspack.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The mechanical mend of a rule: what has to stand in the judged thing so that the rule holds.
///
/// @param set values by their paths, which begin at the thing: `Boolean`, `Long`, `String` or lists
///   of these
/// @param remove paths of what must not stand there
public record Fix(Map<String, Object> set, List<String> remove) {

    public Fix {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        remove = List.copyOf(remove);
    }

    static List<String> steps(String path) {
        return List.of(path.split("\\.", -1));
    }
}
