package dev.devopspack.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.task.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                "GIT~1/hooks/x",
                "COM\u00b9",
                "lpt\u00b3.tf",
                "nul .txt",
                "CONIN$",
                "a\uDC00b",
                "\uFFA0.tf",
                "a\u2028b",
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

    @ParameterizedTest
    @CsvSource({
        "straße.tf, STRASSE.tf",
        "stra\u1e9ee.tf, straße.tf",
        "STRA\u1e9eE.tf, strasse.tf",
        "ΟΔΟΣ.tf, οδος.tf",
        "οδος.tf, οδοσ.tf",
        "Ёлка.tf, ёлка.tf",
        "Ֆ.tf, ֆ.tf",
        "\u13a0.tf, \uab70.tf",
        "\ud801\udc00.tf, \ud801\udc28.tf",
        "\u1fb3.tf, \u1fbc.tf",
        "\u1fb4.tf, \u0386\u0399.tf",
        "\ufb01le.tf, FILE.tf",
        "\u00b5.tf, \u03bc.tf",
        "\u017fet.tf, set.tf"
    })
    void filesThatAreOneUnderCaseFoldingInAnyScriptAreRefused(String one, String other) {
        List<Artifact> files = List.of(Artifact.of(one, "a"), Artifact.of(other, "b"));

        assertThrows(InvalidInput.class, () -> new Artifacts(files));
    }

    @Test
    void lettersThatOnlyLookAlikeAreTwoFiles() {
        List<Artifact> files = List.of(Artifact.of("a.tf", "a"), Artifact.of("\u0430.tf", "b"));

        assertEquals(2, new Artifacts(files).list().size());
    }

    @Test
    void aPartHasAtMostAsManyBytesAsAFileSystemTakes() {
        assertEquals(255, new ArtifactName("a".repeat(255)).value().length());
        assertEquals(85, new ArtifactName("東".repeat(85)).value().length());
        assertThrows(InvalidInput.class, () -> new ArtifactName("東".repeat(86)));
    }

    @Test
    void aNameCannotBeFileAndFolder() {
        List<Artifact> files = List.of(Artifact.of("a", "a"), Artifact.of("a/b.tf", "b"));

        assertThrows(InvalidInput.class, () -> new Artifacts(files));
    }
}
