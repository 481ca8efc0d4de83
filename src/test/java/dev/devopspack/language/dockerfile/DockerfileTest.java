package dev.devopspack.language.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

    private static List<String> words(Instruction instruction) {
        return instruction.words().stream().map(Word::text).toList();
    }

    private static Instruction first(String text) {
        return Dockerfile.parse("FROM a:1\n" + text).stages().getFirst().instructions().getFirst();
    }

    @Test
    void stagesHaveTheirNamesAndInstructions() {
        Dockerfile file =
                Dockerfile.parse(
                        """
                        # syntax=docker/dockerfile:1
                        ARG VERSION=1.2
                        FROM --platform=linux/amd64 golang:${VERSION} AS Build
                        RUN go build

                        FROM scratch
                        COPY --from=build /app /app
                        """);

        assertEquals(Map.of("syntax", "docker/dockerfile:1"), file.directives());
        assertEquals(
                List.of("VERSION"),
                file.arguments().getFirst().pairs().stream().map(Pair::name).toList());
        assertEquals(
                List.of("build golang:${VERSION} RUN", "null scratch COPY"),
                file.stages().stream()
                        .map(stage ->
                                stage.name()
                                        + " "
                                        + stage.image()
                                        + " "
                                        + stage.instructions().getFirst().keyword())
                        .toList());
        assertEquals("linux/amd64", file.stages().getFirst().from().flag("platform").orElseThrow());
        assertEquals(List.of(), file.problems());
    }

    @Test
    void continuedLinesAreOneInstructionAndKeepTheirPlaces() {
        Instruction run =
                first(
                        """
                        RUN apt-get update \\
                          # what we need
                          && apt-get install \\

                            curl
                        """);

        assertEquals(List.of("apt-get", "update", "&&", "apt-get", "install", "curl"), words(run));
        assertEquals(new Position(6, 5), run.words().getLast().at());
        assertEquals(new Position(4, 3), run.positions().apply(run.text().indexOf("&&")));
        assertEquals(6, run.lastLine());
    }

    @Test
    void escapeDirectiveChangesWhatContinuesALine() {
        Dockerfile file =
                Dockerfile.parse(
                        "# escape=`\nFROM windows:1\nRUN dir `\n  c:\\\nWORKDIR c:\\app\n");

        assertEquals(
                List.of("RUN dir   c:\\", "WORKDIR c:\\app"),
                file.stages().getFirst().instructions().stream()
                        .map(each -> each.keyword() + " " + each.text())
                        .toList());
    }

    @Test
    void hereDocumentsBelongToTheirInstruction() {
        Dockerfile file =
                Dockerfile.parse(
                        "FROM a:1\nRUN <<EOF bash <<-'B'\nFROM x\nEOF\n\t# no comment\n\tB\nUSER app\n");
        Instruction run = file.stages().getFirst().instructions().getFirst();

        assertEquals(
                List.of(
                        new Heredoc("EOF", "FROM x\n", true, 3, 0),
                        new Heredoc("B", "# no comment\n", false, 5, 11)),
                run.heredocs());
        assertEquals("USER", file.stages().getFirst().instructions().getLast().keyword());
        assertEquals(1, file.stages().size());
        assertEquals(List.of(), file.problems());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RUN cat <<< text",
                "RUN echo '<<EOF'",
                "RUN echo $((1 << 2))",
                "RUN [\"cat\", \"<<EOF\"]",
                "ENV A=<<EOF",
            })
    void whatOnlyLooksLikeAHereDocumentIsNone(String instruction) {
        Dockerfile file = Dockerfile.parse("FROM a:1\n" + instruction + "\nUSER app\n");

        assertEquals(List.of(), file.problems());
        assertEquals(2, file.stages().getFirst().instructions().size());
    }

    @Test
    void arraysAreReadAsJson() {
        Instruction exec = first("CMD [\"a b\", \"\\u0041\\n\"]");
        Instruction shell = first("CMD [a, b]");
        Instruction health = first("HEALTHCHECK --interval=5s CMD [\"curl\", \"x\"]");

        assertTrue(exec.exec());
        assertEquals(List.of("a b", "A\n"), words(exec));
        assertFalse(shell.exec());
        assertEquals(List.of("[a,", "b]"), words(shell));
        assertEquals(List.of("CMD", "curl", "x"), words(health));
        assertEquals("5s", health.flag("interval").orElseThrow());
    }

    @Test
    void pairsAreReadInBothSpellings() {
        List<Pair> pairs = first("ENV A=1 B=\"two words\" C=it\\ is D='$X'").pairs();

        assertEquals(
                List.of("A=1", "B=two words", "C=it is", "D=$X"),
                pairs.stream().map(pair -> pair.name() + "=" + pair.value()).toList());
        assertEquals(new Position(2, 9), pairs.get(1).at());
        assertEquals("two words", first("ENV A two words").pairs().getFirst().value());
        assertEquals(List.of(new Pair("A", null, new Position(2, 5))), first("ARG A").pairs());
    }

    @Test
    void triggersAreInstructionsOfTheirOwn() {
        Instruction trigger = first("ONBUILD COPY --chown=1:1 . /app");

        assertTrue(trigger.onbuild());
        assertEquals("COPY", trigger.keyword());
        assertEquals("1:1", trigger.flag("chown").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FROM a:1\\nUSR x|2:1 there is no instruction 'USR'. Did you mean USER?",
                "RUN x|1:1 no FROM names the image to build on. Add `FROM image:tag`.",
                "FROM|1:1 FROM names no image. Write `FROM image:tag`.",
                "FROM a b|1:1 FROM takes an image and a name. Write `FROM image:tag AS name`.",
                "FROM a:1\\nLABEL a=\"b|2:9 the quote \" is not closed. Close it.",
                "FROM a:1\\nENV A|2:5 ENV sets no value. Write `ENV name=value`.",
                "FROM a:1\\nRUN <<E\\nx|2:1 the here-document 'E' has no end. Write E on a line of its own"
                        + " below it.",
            })
    void mistakesAreToldWithTheirPlace(String text, String problem) {
        SyntaxProblem found = Dockerfile.parse(text.replace("\\n", "\n")).problems().getFirst();

        assertEquals(
                problem, found.at().line() + ":" + found.at().column() + " " + found.message());
    }

    @Test
    void oneMistakeDoesNotHideTheRest() {
        Dockerfile file = Dockerfile.parse("FROM a:1\nRNU x\nLABEL a=\"b\nUSER app\n");

        assertEquals(2, file.problems().size());
        assertEquals(
                List.of("LABEL", "USER"),
                file.stages().getFirst().instructions().stream()
                        .map(Instruction::keyword)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "alpine,'',alpine,'',''",
        "alpine:3.5,'',alpine,3.5,''",
        "localhost:5000/team/app,localhost:5000,team/app,'',''",
        "ghcr.io/a/b:1@sha256:00,ghcr.io,a/b,1,sha256:00",
    })
    void imageNamesHaveParts(
            String image, String registry, String repository, String tag, String digest) {
        assertEquals(new ImageName(registry, repository, tag, digest), ImageName.of(image));
    }

    @ParameterizedTest
    @CsvSource({
        "a-$A-${B},a-1-",
        "${C:-d},d",
        "${C-$A},1",
        "${B:-x},x",
        "${B-x},''",
        "${A:+y},y",
        "${B:+y},''",
        "\\$A,$A",
        "$C,?",
        "${A#1},?",
        "${A,?",
        "${C:+y},?",
        "${C:-${D:-${A}}},1",
    })
    void variablesAreReplacedWhereTheyAreKnown(String text, String expected) {
        Variables variables = new Variables();
        variables.set("A", "1");
        variables.set("B", "");

        assertEquals(expected, variables.expand(text).orElse("?"));
    }
}
