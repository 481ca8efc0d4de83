package dev.devopspack.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.task.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"main.tf", "modules/network/main.tf", ".terraform-version", "ünïcode.tf"})
    void plainRelativeNamesAreAccepted(String name) {
        assertEquals(name, new ArtifactName(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../main.tf",
                "a/../b",
                "a/./b",
                "a//b",
                "a/",
                "C:\\x",
                "c:x",
                "a\\b",
                ".git/config",
                "a/.GIT/hooks/x",
                "con",
                "AUX.tf",
                "com1.txt",
                "trailing.",
                "trailing ",
                " leading",
                "a\u202Eft.tf",
                "a\u200Bb.tf",
                "a\u0000b",
                "a\nb",
                "e\u0301.tf",
                "a\uD800b",
                "what?.tf",
            })
    void namesThatMeanSomethingElseElsewhereAreRefused(String name) {
        assertThrows(InvalidInput.class, () -> new ArtifactName(name));
    }

    @Test
    void refusalShowsHiddenCharactersAsMarks() {
        InvalidInput refused =
                assertThrows(InvalidInput.class, () -> new ArtifactName("a\u202Eft.tf"));

        assertEquals("artifact name 'a‹U+202E›ft.tf'", refused.where());
    }

    @Test
    void filesThatAreOneUnderCaseFoldingAreRefused() {
        List<Artifact> files = List.of(Artifact.of("Main.tf", "a"), Artifact.of("main.TF", "b"));

        InvalidInput refused = assertThrows(InvalidInput.class, () -> new Artifacts(files));

        assertTrue(refused.problem().contains("same file"), refused.getMessage());
    }

    @Test
    void aNameCannotBeFileAndFolder() {
        List<Artifact> files = List.of(Artifact.of("a", "a"), Artifact.of("a/b.tf", "b"));

        assertThrows(InvalidInput.class, () -> new Artifacts(files));
    }
}
