package dev.devopspack.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.change.Artifact;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What files give names to or call by name is read as it is; what is written for people may be in
/// any language.
class DeceptionsInFilesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.tf | variable \"pr\u043ed\" {}",
                "main.tf | locals { pr\u03bfd = 1 }",
                "main.tf | locals { a = var.pr\u043ed }",
                "main.tf | locals { a = \"${var.pr\u043ed} and more\" }",
                "main.tf | locals { a = { \"pr\u043ed\" = 1 } }",
                "main.tf | locals { a = [for k\u0435y in var.b : upper(\"pr\u043ed\")] }",
                "main.tf | module \"a\" { source = \"./m\u043edules\" }",
                "main.tf | locals { a = \"\u0440\u0430\u0443\" }",
                "main.tf | output \"\u0440\u0430\u0443\" {}",
                "k.yaml | a: {pr\u043ed: 1}",
                "k.yaml | image: registry.example/p\u0430yments:1",
                "k.yaml | - {name: 'a\u200bb'}",
                "k.yaml | - {name: 'a\ufe0fb'}",
                ".github/workflows/a.yml | jobs: {pr\u043ed: {needs: [build]}}",
                ".github/workflows/a.yml | jobs: {a: {uses: acme/r\u0435po/.github/workflows/a.yml@v1}}",
                "p.json | {\"pr\u043ed\": true}",
                "Dockerfile | FROM \u0430lpine:3 AS build",
                "Dockerfile.prod | COPY --from=b\u0443ild /a /a"
            })
    void aNameThatLooksLikeAnotherIsFound(String file, String text) {
        assertEquals(
                true, Deceptions.inFile(Artifact.of(file, text)).isPresent(), file + ": " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main.tf | variable \"prod\" { description = \"\u0441\u043e pr\u043ed\" }",
                "main.tf | # pr\u043ed",
                "main.tf | locals { timeout = \"250\u00b5s\" }",
                "main.tf | locals { \u043f\u043b\u0430\u0442\u0435\u0436\u0438 = \"gr\u00f6\u00dfe\" }",
                "k.yaml | text: \"\u0430 \u0432\u043e\u0442 m\u0430in\"",
                "k.yaml | icon: \u26a0\ufe0f",
                "k.yaml | icon: \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "k.yaml | area: m\u00b2",
                "k.yaml | city: \u6771\u4eacTokyo",
                "p.json | {\"\u00bd of it\": 1}",
                "notes.md | pr\u043ed",
                "Dockerfile | RUN echo pr\u043ed"
            })
    void textForPeopleIsNoName(String file, String text) {
        assertEquals(Optional.empty(), Deceptions.inFile(Artifact.of(file, text)));
    }

    @Test
    void anAnchorThatIsUsedManyTimesIsReadOnce() {
        StringBuilder text = new StringBuilder("a0: &a0 {k: \u043f\u043b}\n");
        for (int i = 1; i < 16; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        text.append("pr\u043ed: 1\n");

        assertEquals(true, Deceptions.inFile(Artifact.of("k.yaml", text.toString())).isPresent());
    }
}
