package dev.devopspack.adapter.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.devopspack.manager.notice.Notice;
import dev.devopspack.manager.notice.NoticeKind;
import dev.devopspack.testing.Golden;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .configure(SerializationFeature.INDENT_OUTPUT, true)
                    .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private static final String SITE = "https://devops-pack.example.com";

    private static final Notice NOTICE =
            new Notice(
                    4711,
                    NoticeKind.OPENED,
                    Instant.parse("2026-07-14T10:12:00Z"),
                    "Somebody must decide: payments/production in production",
                    List.of(
                            new Notice.Line("Code", "K7-QF2"),
                            new Notice.Line("Decide by", "2026-07-15T10:12:00Z")),
                    "/change-sets/cs-jfrqcjublbxvwz5l",
                    Map.of(
                            "changeSet", "cs-jfrqcjublbxvwz5l",
                            "code", "K7-QF2",
                            "environment", "production",
                            "stack", "payments/production"));

    @ParameterizedTest
    @EnumSource(Shape.class)
    void aNoticeInEachShape(Shape shape) throws Exception {
        Golden.assertMatches(
                "notices/" + shape.word() + ".json",
                JSON.writeValueAsString(shape.body(NOTICE, SITE)) + "\n");
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void aListOfWhatWaitsInEachShape(Shape shape) throws Exception {
        Notice notice =
                new Notice(
                        4711,
                        NoticeKind.OPENED,
                        NOTICE.at(),
                        "12 requests wait for you",
                        List.of(new Notice.Line("And", "10 more, on the page")),
                        "/",
                        Map.of("waiting", "12"),
                        List.of(
                                waiting("K7-QF2", "payments/production in production", "cs-a"),
                                waiting(
                                        "H8-WV9",
                                        "<!channel> \u202Egnp.exe [x](https://evil)",
                                        "cs-b")),
                        "ada");

        Golden.assertMatches(
                "notices/list-" + shape.word() + ".json",
                JSON.writeValueAsString(shape.body(notice, SITE)) + "\n");
    }

    private static Notice.Waiting waiting(String code, String text, String changeSet) {
        return new Notice.Waiting(
                new Notice.Line(code, text),
                "/change-sets/" + changeSet,
                Map.of("changeSet", changeSet, "code", code, "stack", text));
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void whatSomebodyWroteIsNeverMarkup(Shape shape) throws Exception {
        String hostile =
                "<!channel> <@U012AB3CD> <https://evil.example|sign here> *b* [x](https://evil)"
                        + " <at>all</at> \u202Egnp.exe\u200B\n& \u0000";
        Notice notice =
                new Notice(
                        1,
                        NoticeKind.PAUSED,
                        Instant.EPOCH,
                        hostile,
                        List.of(new Notice.Line("Reason", hostile)),
                        "/",
                        Map.of("scope", hostile));

        Golden.assertMatches(
                "notices/hostile-" + shape.word() + ".json",
                JSON.writeValueAsString(shape.body(notice, SITE)) + "\n");
    }

    @Test
    void noTextIsLong() throws Exception {
        Notice notice =
                new Notice(
                        1,
                        NoticeKind.PAUSED,
                        Instant.EPOCH,
                        "\uD83D\uDD25".repeat(100_000),
                        List.of(),
                        "/",
                        Map.of());

        assertEquals("\uD83D\uDD25".repeat(300) + "…", Plain.of(notice.title()));
        for (Shape shape : Shape.values()) {
            assertFalse(JSON.writeValueAsBytes(shape.body(notice, SITE)).length > 10_000);
        }
    }
}
