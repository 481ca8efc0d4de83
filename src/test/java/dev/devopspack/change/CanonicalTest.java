package dev.devopspack.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    @Test
    void agreesWithAnIndependentImplementationOfTheRfc() throws IOException {
        Map<String, Object> document =
                Map.of(
                        "z", 1,
                        "a", List.of(true, "é\n\t\u0001\"\\/ ", 9_007_199_254_740_991L, -5),
                        "\u20ac", Map.of("\ud83d\ude00", "x", "\uffee", "y", "1", "\u007f\u2028"));

        String ours = Canonical.text(document);

        assertEquals(new JsonCanonicalizer(ours).getEncodedString(), ours);
    }

    @Test
    void whatOtherReadersWouldChangeIsRefused() {
        for (Object value :
                List.of(
                        9_007_199_254_740_992L,
                        1.5,
                        "\ud800",
                        "x\udc00",
                        "e\u0301",
                        new StringBuilder("x"))) {
            assertThrows(IllegalArgumentException.class, () -> Canonical.bytes(Map.of("v", value)));
        }
    }
}
