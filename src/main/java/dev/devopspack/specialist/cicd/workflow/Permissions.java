package dev.devopspack.specialist.cicd.workflow;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What the token of a job may do; what is not named it may not.
///
/// @param levels by scope, in the order of their names
public record Permissions(Map<Scope, Level> levels) {

    public static final Permissions NONE = new Permissions(Map.of());

    /// The scopes that our jobs ask for.
    public enum Scope {
        ATTESTATIONS("attestations"),
        CONTENTS("contents"),
        ID_TOKEN("id-token"),
        PACKAGES("packages");

        private final String written;

        Scope(String written) {
            this.written = written;
        }

        String written() {
            return written;
        }
    }

    public enum Level {
        READ("read"),
        WRITE("write");

        private final String written;

        Level(String written) {
            this.written = written;
        }

        String written() {
            return written;
        }
    }

    public Permissions {
        levels = Collections.unmodifiableMap(new TreeMap<>(levels));
    }

    public static Permissions read(Scope scope) {
        return NONE.and(scope, Level.READ);
    }

    public Permissions and(Scope scope, Level level) {
        Map<Scope, Level> more = new TreeMap<>(levels);
        more.put(scope, level);
        return new Permissions(more);
    }
}
