package dev.devopspack.identity;

/// Who may administer whom.
final class Guards {

    private Guards() {}

    /// The program itself, or a signed-in admin: a token administers nothing.
    static boolean isAdmin(Principal by) {
        return switch (by.kind()) {
            case SYSTEM -> true;
            case SESSION -> by.roles().contains(Role.ADMIN);
            case TOKEN, WORKLOAD -> false;
        };
    }

    static boolean isPerson(Principal by, PersonId person) {
        return by.kind() == Principal.Kind.SESSION && person.equals(by.person());
    }

    /// @throws NotAllowed unless a person is signed in
    static PersonId requirePerson(Principal by) {
        PersonId person = by.person();
        if (by.kind() != Principal.Kind.SESSION || person == null) {
            throw new NotAllowed(
                    "only a signed-in person may do that",
                    "Open the page and sign in with a passkey.");
        }
        return person;
    }

    static void requireAdmin(Principal by) {
        if (!isAdmin(by)) {
            throw new NotAllowed("only a signed-in admin may do that", "Ask an admin to do it.");
        }
    }
}
