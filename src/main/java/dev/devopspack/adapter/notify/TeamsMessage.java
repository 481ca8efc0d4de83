package dev.devopspack.adapter.notify;

import dev.devopspack.manager.notice.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A notice as an Adaptive Card, as a Teams workflow's webhook takes it.
///
/// All text stands in `RichTextBlock`s, which know no Markdown: a link, an image or a mention
/// cannot be written into them.
final class TeamsMessage {

    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    private TeamsMessage() {}

    static Map<String, Object> of(Notice notice, String site) {
        List<Object> body = new ArrayList<>();
        body.add(block(List.of(bold(Plain.of(notice.title())))));
        for (Notice.Waiting waiting : notice.waiting()) {
            Notice.Line line = waiting.line();
            body.add(
                    block(
                            List.of(
                                    linked(line.label() + ": ", site + waiting.path()),
                                    run(Plain.of(line.value())))));
        }
        for (Notice.Line line : notice.lines()) {
            body.add(block(List.of(bold(line.label() + ": "), run(Plain.of(line.value())))));
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("body", body);
        card.put(
                "actions",
                List.of(
                        Map.of(
                                "type", "Action.OpenUrl",
                                "title", "Read it",
                                "url", site + notice.path())));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "message");
        message.put("attachments", List.of(Map.of("contentType", CARD, "content", card)));
        return message;
    }

    private static Map<String, Object> block(List<Object> runs) {
        return Map.of("type", "RichTextBlock", "inlines", runs);
    }

    private static Map<String, Object> run(String text) {
        return Map.of("type", "TextRun", "text", text);
    }

    private static Map<String, Object> linked(String text, String url) {
        return Map.of(
                "type",
                "TextRun",
                "text",
                text,
                "weight",
                "Bolder",
                "selectAction",
                Map.of("type", "Action.OpenUrl", "url", url));
    }

    private static Map<String, Object> bold(String text) {
        return Map.of("type", "TextRun", "text", text, "weight", "Bolder");
    }
}
