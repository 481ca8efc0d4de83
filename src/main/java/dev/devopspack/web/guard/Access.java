package dev.devopspack.web.guard;

import dev.devopspack.identity.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a caller may reach, as names for `@RolesAllowed`.
///
/// The names of persons and of tokens have no member in common: whatever roles a token has, it
/// never has one that a decision asks for.
public final class Access {

    public static final String PERSON = "person";
    public static final String PERSON_REQUESTER = "person:REQUESTER";
    public static final String PERSON_APPROVER = "person:APPROVER";

    /// In whose hands an approver put his decisions for a while: read anew for each request.
    public static final String PERSON_DELEGATE = "person:DELEGATE";

    public static final String PERSON_AUDITOR = "person:AUDITOR";
    public static final String PERSON_ADMIN = "person:ADMIN";

    public static final String TOKEN = "token";
    public static final String TOKEN_VIEWER = "token:VIEWER";
    public static final String TOKEN_REQUESTER = "token:REQUESTER";
    public static final String TOKEN_AUDITOR = "token:AUDITOR";
    public static final String TOKEN_PIPELINE = "token:PIPELINE";

    private Access() {}

    static Set<String> of(Principal principal) {
        String kind =
                switch (principal.kind()) {
                    case SESSION -> PERSON;
                    case TOKEN, WORKLOAD -> TOKEN;
                    case SYSTEM ->
                            throw new IllegalArgumentException(
                                    "nobody calls over HTTP as the program itself");
                };
        return Stream.concat(
                        Stream.of(kind),
                        principal.roles().stream().map(role -> kind + ":" + role.name()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
