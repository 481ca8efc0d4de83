package dev.devopspack.language.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void inflectedWordsHaveTheSameStem() {
        for (List<String> same :
                List.of(
                        List.of(
                                "deploy",
                                "deploys",
                                "deployed",
                                "deploying",
                                "deployment",
                                "deployments"),
                        List.of("plan", "plans", "planned", "planning"),
                        List.of("policy", "policies"),
                        List.of("scale", "scaled", "scaling", "scales"),
                        List.of("crash", "crashes", "crashed"),
                        List.of("monitor", "monitoring", "monitors"),
                        List.of("generate", "generates", "generated", "generation"))) {
            assertEquals(
                    1,
                    same.stream().map(word -> Word.of(word).stem()).distinct().count(),
                    same::toString);
        }
        assertEquals(
                List.of("aws", "dns", "status", "analysis"),
                List.of("aws", "dns", "status", "analysis").stream()
                        .map(word -> Word.of(word).stem())
                        .toList());
    }

    @Test
    void sentencesAndClausesAreDivided() {
        assertEquals(
                List.of(
                        List.of(
                                List.of("do", "not", "apply", "main.tf".substring(0, 4), "tf"),
                                List.of("write", "it")),
                        List.of(List.of("keep", ".env", "out"))),
                shown("Don't apply main.tf, but write it. Keep .env out!"));
        assertEquals(
                List.of(List.of(List.of("prevent", "skipping", "gates", "echoing", "tokens"))),
                shown("prevent skipping gates, echoing tokens"));
    }

    private static List<List<List<String>>> shown(String text) {
        return PlainText.sentences(text).stream()
                .map(sentence ->
                        sentence.clauses().stream()
                                .map(clause -> clause.stream().map(Word::plain).toList())
                                .toList())
                .toList();
    }

    @Test
    void whatCannotBeSeenIsNotRead() {
        assertEquals(
                List.of("apply"),
                PlainText.words("a\u200bp\u00adp\u202ely").stream().map(Word::plain).toList());
        assertEquals(
                List.of("apply"), PlainText.words("\u0430pply").stream().map(Word::plain).toList());
        assertEquals(List.of("apply"), PlainText.words("ＡＰＰＬＹ").stream().map(Word::plain).toList());
        assertEquals(List.of(), PlainText.words("\u0000 \ud800 ..."));
    }

    @Test
    void aTextOfAnyLengthIsReadUpToItsLimit() {
        assertEquals(PlainText.MAX_WORDS, PlainText.words("word ".repeat(20_000)).size());
    }

    @Test
    void aPhraseIsFoundWithArticlesAndGaps() {
        Phrase phrase = Phrase.of("skip|bypass ... gate");

        assertEquals(OptionalInt.of(1), in(phrase, "please skipping all of the four gates"));
        assertEquals(OptionalInt.empty(), in(phrase, "the gates skip nothing"));
        assertEquals(
                OptionalInt.empty(), in(phrase, "skip one two three four five six seven gates"));
        assertEquals(OptionalInt.of(0), in(Phrase.of("state rm"), "state rm"));
        assertEquals(OptionalInt.empty(), in(Phrase.of("state rm"), "state file rm"));
        assertEquals(
                OptionalInt.of(2), in(Phrase.of("^deploy ... prod"), "please just deploy to prod"));
        assertEquals(
                OptionalInt.empty(), in(Phrase.of("^deploy ... prod"), "the last deploy to prod"));
    }

    private static OptionalInt in(Phrase phrase, String text) {
        return phrase.in(PlainText.words(text));
    }

    @Test
    void aPhraseWithoutWordsIsRefused() {
        for (String text : List.of("...", "skip ...", "... gate")) {
            assertThrows(IllegalArgumentException.class, () -> Phrase.of(text), text);
        }
    }

    @Test
    void aMisspeltWordIsTheOnlyNearestOne() {
        Set<String> known =
                Set.of("kubernete", "pipelin", "terraform", "runbook", "metric", "matrix");

        assertEquals(Optional.of("kubernete"), Misspelling.of("kubrenete", known));
        assertEquals(Optional.of("terraform"), Misspelling.of("terrafrom", known));
        assertEquals(Optional.of("pipelin"), Misspelling.of("piplin", known));
        assertEquals(Optional.empty(), Misspelling.of("format", known));
        assertEquals(Optional.empty(), Misspelling.of("run", known));
        assertEquals(Optional.empty(), Misspelling.of("x".repeat(1_000), known));
    }
}
