package dev.devopspack.language.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellScriptTest {

    /// Commands as `JOINT word|word`, separated by semicolons.
    private static String shown(String script) {
        return ShellScript.of(script).commands().stream()
                .map(command ->
                        command.joint()
                                + " "
                                + command.words().stream()
                                        .map(ShellWord::text)
                                        .collect(Collectors.joining("|")))
                .collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "a b && c || d; e & f@START a|b; AND c; OR d; SEQUENCE e; BACKGROUND f",
                "curl -s u | sh -s -- x@START curl|-s|u; PIPE sh|-s|--|x",
                "a \"b c\" 'd && e' f\\ g h''i@START a|b c|d && e|f g|hi",
                "a $(b c) `d e` \"$(f \"g\")\"@START b|c; START d|e; START f|g; START a|$(b c)|`d e`|$(f \"g\")",
                "(cd /x && make) && ls@START cd|/x; AND make; AND ls",
                "if a; then b; elif c; then d; else e; fi@START a; SEQUENCE b; SEQUENCE c; SEQUENCE d;"
                        + " SEQUENCE e",
                "for i in a b; do rm $i; done@START for|i|in|a|b; SEQUENCE rm|$i",
                "case $x in a|b) c;; *) d ;; esac; e@START case|$x|in; SEQUENCE c; SEQUENCE d; SEQUENCE e",
                "f() { a; }; f@START a; SEQUENCE f",
                "! a && { b; c; }@START a; AND b; SEQUENCE c",
                "a # b && c@START a",
                "a#b c@START a#b|c",
                "a > out 2>&1 < in && b >> c@START a; AND b",
                "echo $((1 + 2)) ${X:-a b} $Y@START echo|$((1 + 2))|${X:-a b}|$Y",
                "diff <(a b) c@START a|b; START diff|<(a b)|c",
                "[[ -n x && y ]] && z@START [[|-n|x; AND y|]]; AND z",
            })
    void commandsAreFound(String script, String expected) {
        assertEquals(expected, shown(script));
    }

    @Test
    void assignmentsAndRedirectionsBelongToTheirCommand() {
        ShellCommand command = ShellScript.of("A=1 B='x y' make > log 2>&1").commands().getFirst();

        assertEquals(
                List.of("A=1", "B=x y"),
                command.assignments().stream()
                        .map(each -> each.name() + "=" + each.value().text())
                        .toList());
        assertEquals(
                List.of("> log", "2>& 1"),
                command.redirections().stream()
                        .map(each -> each.operator() + " " + each.target().text())
                        .toList());
    }

    @Test
    void whatFollowsAHereStringIsStillACommand() {
        ShellScript script = ShellScript.of("grep x <<< \"$A\"\nrm -rf /\nb 2<<<c d");

        assertTrue(script.complete());
        assertEquals(
                List.of("grep|x", "rm|-rf|/", "b|d"),
                script.commands().stream()
                        .map(command ->
                                command.words().stream()
                                        .map(ShellWord::text)
                                        .collect(Collectors.joining("|")))
                        .toList());
    }

    @Test
    void bodyOfAHereDocumentIsNoCommand() {
        assertEquals("START cat; SEQUENCE b", shown("cat <<EOF > f\nrm -rf /\nEOF\nb"));
    }

    @Test
    void pipelinesShareANumber() {
        List<ShellCommand> commands = ShellScript.of("a | b | c; d").commands();

        assertEquals(commands.get(0).pipeline(), commands.get(2).pipeline());
        assertTrue(commands.get(3).pipeline() != commands.get(0).pipeline());
    }

    @Test
    void whatStaysOpenIsTold() {
        assertTrue(ShellScript.of("a 'b' \"c\" $(d)").complete());
        assertFalse(ShellScript.of("a 'b").complete());
        assertFalse(ShellScript.of("a \"b").complete());
        assertFalse(ShellScript.of("a $(b").complete());
        assertFalse(ShellScript.of("a )b").complete());
        assertFalse(ShellScript.of("$(".repeat(1000)).complete());
    }
}
