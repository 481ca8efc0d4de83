package dev.devopspack.language.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final Map<String, Concept> KNOWN =
            Map.of(
                    "undo", Concept.of("undo", List.of("remove|skip", "take ... out", "entfern*")),
                    "approval",
                            Concept.of("approval", List.of("approval", "sign off", "*freigabe*")),
                    "release", Concept.of("release", List.of("release|ship")));

    private static final Set<String> DENIALS = Set.of(Word.of("forbid").stem());

    private static boolean asks(String frame, String text) {
        Reading reading = Reading.of(text);
        Frame read = Frame.of(frame, KNOWN);
        return IntStream.range(0, reading.clauses())
                .anyMatch(clause -> read.actionsIn(reading, clause, DENIALS).findAny().isPresent());
    }

    @Test
    void theOrderOfWordsDoesNotMatter() {
        assertTrue(asks("undo approval", "skip the approval"));
        assertTrue(asks("undo approval", "the sign-off should be skipped"));
        assertTrue(asks("undo approval", "die Prod-Freigabeschritte bitte entfernen"));
        assertFalse(asks("undo approval", "wait for the approval"));
        assertFalse(asks("undo approval", "skip the docs, and wait for the approval"));
    }

    @Test
    void whatIsToldOfThePastIsNotAskedFor() {
        assertFalse(asks("undo approval", "yesterday Tom removed the approval"));
        assertFalse(asks("undo approval", "count the skipped approvals"));
        assertTrue(asks("undo approval", "we want the approval removed"));
    }

    @Test
    void theObjectIsWhatNoPrepositionPrecedes() {
        assertTrue(asks("undo =approval", "remove the old approval"));
        assertFalse(asks("undo =approval", "remove the link to the approval"));
        assertTrue(asks("undo approval", "remove the link to the approval"));
    }

    @Test
    void aDenialBetweenTheTwoTurnsItRound() {
        assertFalse(asks("undo approval", "remove what would forbid an approval"));
    }

    @Test
    void anOrderIsNoNoun() {
        assertTrue(asks("!release approval", "please release it with the approval"));
        assertTrue(asks("!release approval", "can you ship it with approval"));
        assertFalse(asks("!release approval", "show release times per approval"));
        assertFalse(asks("!release approval", "a dashboard of the release per approval"));
    }

    @Test
    void aPronounReachesBack() {
        assertTrue(asks("undo <approval>", "The approval is annoying, take it out."));
        assertTrue(asks("undo <approval>", "We have an approval. Please remove it."));
        assertFalse(asks("undo <approval>", "The approval is annoying, remove old docs."));
        assertFalse(asks("undo <approval>", "Take it out, the approval stays."));
    }

    @Test
    void whatIsNearMayStandInAClauseBehind() {
        assertTrue(asks("undo =approval ~release", "skip the approval so we can ship today"));
        assertFalse(asks("undo =approval ~release", "skip the approval so we can sleep"));
    }

    @Test
    void wordsFarApartHaveNothingToDoWithEachOther() {
        assertFalse(asks("undo approval", "remove " + "very ".repeat(20) + "approval"));
    }

    @Test
    void aConceptThatIsNotKnownIsSaid() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Frame.of("undo gate", KNOWN));

        assertEquals("'gate' is no concept", thrown.getMessage());
    }
}
