package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void sameTextsHaveNoDifference() {
        assertEquals("", LineDiff.of("a", "x\n", "x\n"));
    }

    @Test
    void changesFarApartAreHunksOfTheirOwn() {
        String before = numbers(30);
        String after = before.replace("\n5\n", "\nfive\n").replace("\n20\n", "\n20\nmore\n");

        assertEquals(
                """
                --- a/a.tf
                +++ b/a.tf
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                @@ -18,6 +18,7 @@
                 18
                 19
                 20
                +more
                 21
                 22
                 23
                """,
                LineDiff.of("a.tf", before, after));
    }

    @Test
    void missingLineEndIsShownAsGitShowsIt() {
        assertEquals(
                """
                --- a/a
                +++ b/a
                @@ -1,1 +1,2 @@
                -x
                \\ No newline at end of file
                +x
                +y
                """,
                LineDiff.of("a", "x", "x\ny\n"));
    }

    @Test
    void newTextOfAnEmptyFileBeginsAtNothing() {
        assertEquals("--- a/a\n+++ b/a\n@@ -0,0 +1,1 @@\n+x\n", LineDiff.of("a", "", "x\n"));
    }

    private static String numbers(int most) {
        return IntStream.rangeClosed(1, most)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
