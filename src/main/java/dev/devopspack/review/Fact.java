package dev.devopspack.review;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Something that this server computed about a change and that a person should know before signing.
///
/// @param text one sentence without the addresses, for example `destroys 2 data stores`
/// @param addresses the resources or files it is about, sorted; may be empty
public record Fact(Level level, String text, List<String> addresses) {

    /// The gravest first.
    public enum Level {
        /// May lose data, lock people out or open something to the world.
        DANGER,
        /// Needs a look.
        CAUTION,
        /// Something that was looked for and is not there.
        OK,
        INFO;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Fact {
        addresses = addresses.stream().sorted().distinct().toList();
    }

    public Map<String, Object> document() {
        return Map.of("level", level.label(), "text", text, "addresses", addresses);
    }
}
