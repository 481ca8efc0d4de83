package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FirstStepsTest {

    @Test
    void whatIsDoneIsTickedAndTheRestStaysToBeDone() {
        assertEquals(
                List.of(
                        "/try true",
                        "/access#issue-h false",
                        "/access#add-h true",
                        "/change-sets false"),
                FirstSteps.of(true, false, false, true).stream()
                        .map(step -> step.href() + " " + step.done())
                        .toList());
    }

    @Test
    void whoHasGoneTheWayOnceSeesItNoMore() {
        assertEquals(List.of(), FirstSteps.of(true, true, true, true));
    }
}
