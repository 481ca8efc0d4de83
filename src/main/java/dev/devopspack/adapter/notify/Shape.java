package dev.devopspack.adapter.notify;

import dev.devopspack.manager.notice.Notice;
import java.util.Locale;
import java.util.Map;

/// What a message looks like to its receiver.
enum Shape {
    CLOUDEVENTS("application/cloudevents+json; charset=utf-8"),
    SLACK("application/json; charset=utf-8"),
    TEAMS("application/json; charset=utf-8");

    private final String contentType;

    Shape(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /// As it is configured.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @param site the address that people open, for example `https://devops-pack.example.com`
    Map<String, Object> body(Notice notice, String site) {
        return switch (this) {
            case CLOUDEVENTS -> CloudEvent.of(notice, site);
            case SLACK -> SlackMessage.of(notice, site);
            case TEAMS -> TeamsMessage.of(notice, site);
        };
    }
}
