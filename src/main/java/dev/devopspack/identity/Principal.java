package dev.devopspack.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is calling, as proven by a token or a session.
///
/// @param kind how it was proven
/// @param id the token's or session's id: never the secret itself
/// @param person the human behind it, where there is one
/// @param name for people to read
/// @param roles what the human or the token may do
public record Principal(
        Kind kind, String id, @Nullable PersonId person, String name, Set<Role> roles) {

    public enum Kind {
        /// An API token: an assistant, a bot or a pipeline.
        TOKEN,
        /// A signed-in person's session cookie: the only kind that may decide.
        SESSION,
        /// The program itself: the command line on its own data folder, background work.
        SYSTEM
    }

    /// Under this name the front doors keep the principal with what their framework knows of a
    /// caller.
    public static final String ATTRIBUTE = "devopspack.principal";

    public static final Principal SYSTEM =
            new Principal(Kind.SYSTEM, "system", null, "DevOps Pack", Set.of());

    public Principal {
        roles = Set.copyOf(roles);
    }

    /// `token:ID`, `person:ID` or `system`: as the audit log and manifests name it.
    public String actor() {
        return switch (kind) {
            case TOKEN -> "token:" + id;
            case SESSION -> "person:" + person;
            case SYSTEM -> "system";
        };
    }
}
