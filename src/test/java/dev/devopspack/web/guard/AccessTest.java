package dev.devopspack.web.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessTest {

    private static final PersonId PERSON = new PersonId(new UUID(1, 2));

    @Test
    void aTokenWithEveryRoleReachesNothingOfAPerson() {
        Set<String> token = Access.of(caller(Principal.Kind.TOKEN, EnumSet.allOf(Role.class)));
        Set<String> person = Access.of(caller(Principal.Kind.SESSION, EnumSet.allOf(Role.class)));

        assertTrue(Collections.disjoint(token, person));
    }

    @Test
    void aPersonReachesWhatItsRolesSay() {
        Set<String> access = Access.of(caller(Principal.Kind.SESSION, Set.of(Role.APPROVER)));

        assertEquals(Set.of(Access.PERSON, Access.PERSON_APPROVER), access);
    }

    @Test
    void theProgramItselfDoesNotCallOverHttp() {
        assertThrows(IllegalArgumentException.class, () -> Access.of(Principal.SYSTEM));
    }

    private static Principal caller(Principal.Kind kind, Set<Role> roles) {
        return new Principal(kind, "id", PERSON, "A. Example", roles);
    }
}
