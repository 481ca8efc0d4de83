package dev.devopspack.manager.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.identity.PersonId;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HookTest {

    private static final PersonId ADA = PersonId.parse("6f0c7c0e-5d0b-4c8e-9d51-0f6a3f2b8c11");

    @Test
    void aPersonsHookGathersSecretsTooAndASharedOneOnlyWhereItIsConfigured() {
        Duration quarter = Duration.ofMinutes(15);

        assertEquals(
                Set.of(NoticeKind.OPENED, NoticeKind.SECRET_REQUESTED),
                hook(quarter, ADA).gathered());
        assertEquals(Set.of(NoticeKind.OPENED), hook(quarter, null).gathered());
        assertEquals(Set.of(), hook(Duration.ZERO, null).gathered());
    }

    private static Hook hook(Duration every, @Nullable PersonId person) {
        return new Hook(
                "ops",
                "slack",
                "hooks.example.com",
                EnumSet.allOf(NoticeKind.class),
                every,
                person);
    }
}
