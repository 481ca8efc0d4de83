package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDifferenceTest {

    @Test
    void changedLinesStandAmongThoseAroundThem() {
        List<String> before = numbers(1, 20);
        List<String> after =
                IntStream.rangeClosed(1, 20)
                        .filter(i -> i != 15)
                        .mapToObj(i -> i == 5 ? "five" : String.valueOf(i))
                        .toList();

        assertEquals(
                " 2| 3| 4|-5|+five| 6| 7| 8|…| 12| 13| 14|-15| 16| 17| 18",
                shown(LineDifference.of(before, after)));
    }

    @Test
    void nearChangesShareTheLinesBetweenThem() {
        assertEquals(
                "-1|+one| 2| 3|-4|+four| 5",
                shown(LineDifference.of(numbers(1, 5), List.of("one", "2", "3", "four", "5"))));
    }

    @Test
    void equalTextsHaveNothingToShowButTheirBeginning() {
        assertEquals("", shown(LineDifference.of(List.of(), List.of())));
        assertEquals("+a", shown(LineDifference.of(List.of(), List.of("a"))));
        assertEquals("-a", shown(LineDifference.of(List.of("a"), List.of())));
    }

    @Test
    void whatIsTooLongIsSaidAndNotCompared() {
        assertEquals(
                List.of("left-out"),
                LineDifference.of(Collections.nCopies(10_000, "x"), List.of("y")).stream()
                        .map(LineDifference.Row::tone)
                        .toList());
        assertEquals("left-out", LineDifference.of(List.of(), numbers(1, 3_000)).getLast().tone());
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    private static String shown(List<LineDifference.Row> rows) {
        return rows.stream().map(row -> row.sign() + row.text()).collect(Collectors.joining("|"));
    }
}
