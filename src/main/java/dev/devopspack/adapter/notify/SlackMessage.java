package dev.devopspack.adapter.notify;

import dev.devopspack.manager.notice.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A notice as the body of a Slack incoming webhook.
///
/// What stands in blocks is `plain_text`, which Slack does not parse. The text beside them, for
/// notifications, is parsed: there the three characters of Slack's own markup are escaped, without
/// which no `<!channel>`, no mention and no link can be written.
final class SlackMessage {

    private SlackMessage() {}

    static Map<String, Object> of(Notice notice, String site) {
        String title = Plain.of(notice.title());
        List<Object> blocks = new ArrayList<>();
        blocks.add(Map.of("type", "section", "text", plain(title)));
        for (Notice.Waiting waiting : notice.waiting()) {
            blocks.add(
                    Map.of(
                            "type",
                            "section",
                            "text",
                            plain(text(waiting.line())),
                            "accessory",
                            button(site + waiting.path())));
        }
        List<Object> fields = new ArrayList<>();
        for (Notice.Line line : notice.lines()) {
            fields.add(plain(text(line)));
        }
        if (!fields.isEmpty()) {
            blocks.add(Map.of("type", "section", "fields", fields));
        }
        blocks.add(Map.of("type", "actions", "elements", List.of(button(site + notice.path()))));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", escaped(title));
        message.put("mrkdwn", false);
        message.put("parse", "none");
        message.put("link_names", false);
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        message.put("blocks", blocks);
        return message;
    }

    private static String text(Notice.Line line) {
        return line.label() + ": " + Plain.of(line.value());
    }

    private static Map<String, Object> button(String url) {
        return Map.of("type", "button", "text", plain("Read it"), "url", url);
    }

    private static Map<String, Object> plain(String text) {
        return Map.of("type", "plain_text", "text", text, "emoji", false);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
