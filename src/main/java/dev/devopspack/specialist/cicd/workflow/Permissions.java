package dev.devopspack.specialist.cicd.workflow;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What the token of a job may do; what is not named it may not.
///
/// @param grants by scope, in the order of their names
public record Permissions(Map<Scope, Grant> grants) {

    public static final Permissions NONE = new Permissions(Map.of());

    /// Reading the files, which every job that checks out needs.
    public static final Permissions READ_FILES =
            NONE.and(Scope.CONTENTS, Level.READ, "checks out the files");

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

    /// @param why a few words, for those who read the file
    public record Grant(Level level, String why) {}

    public Permissions {
        grants = Collections.unmodifiableMap(new TreeMap<>(grants));
    }

    public Permissions and(Scope scope, Level level, String why) {
        Map<Scope, Grant> more = new TreeMap<>(grants);
        more.put(scope, new Grant(level, why));
        return new Permissions(more);
    }
}
