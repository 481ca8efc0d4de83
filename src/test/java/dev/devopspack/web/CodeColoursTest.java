package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.web.CodeColours.Part;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CodeColoursTest {

    @Test
    void namesTextsNumbersAndCommentsAreToldApart() {
        assertEquals(
                List.of(
                        new Part("  ", ""),
                        new Part("name", "name"),
                        new Part(" = ", ""),
                        new Part("\"a # b\"", "text"),
                        new Part(" ", ""),
                        new Part("# why", "comment")),
                CodeColours.of("main.tf", "  name = \"a # b\" # why"));
        assertEquals(
                List.of(new Part("replicas", "name"), new Part(": ", ""), new Part("3", "number")),
                CodeColours.of("deployment.yaml", "replicas: 3"));
    }

    @Test
    void whateverIsColouredReadsAsItIsWritten() {
        for (String file : List.of("a.tf", "a.yaml", "a.json", "a.sh", "Dockerfile", "a.txt")) {
            for (String line :
                    List.of(
                            "",
                            "\"",
                            "\"open",
                            "'a\\",
                            "a == b",
                            "url: http://example.com:80/#x",
                            "\t{ \"a\": [1, 2.5e3], 'b': \"\\\"\" } // end",
                            "\u00e4\u4e2d\uD83D\uDE00 = 1")) {
                assertEquals(
                        line,
                        CodeColours.of(file, line).stream()
                                .map(Part::text)
                                .collect(Collectors.joining()),
                        file);
            }
        }
    }
}
