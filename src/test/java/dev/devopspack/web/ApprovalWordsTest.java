package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.task.Environment;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApprovalWordsTest {

    private static final Environment PRODUCTION = new Environment("production");

    @Test
    void itIsToldHowManyThereAreAndHowManyItTakes() {
        assertEquals(
                List.of(
                        "Nobody else can approve in production yet",
                        "Only one other person can approve in production yet, and it takes 2",
                        "Only 2 others can approve in production yet, and it takes 3"),
                List.of(
                        ApprovalWords.tooFew(PRODUCTION, 0, 2),
                        ApprovalWords.tooFew(PRODUCTION, 1, 2),
                        ApprovalWords.tooFew(PRODUCTION, 2, 3)));
    }
}
