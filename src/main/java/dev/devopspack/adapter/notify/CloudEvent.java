package dev.devopspack.adapter.notify;

import dev.devopspack.manager.notice.Notice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// A notice as a CloudEvent 1.0 in its JSON format, the event as a whole in the body.
final class CloudEvent {

    private CloudEvent() {}

    static Map<String, Object> of(Notice notice, String site) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", Plain.of(notice.title()));
        data.put("link", site + notice.path());
        data.put("entry", notice.sequence());
        data.put("facts", facts(notice));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        // Together with the source unique: whoever gets one twice knows it by them.
        event.put("id", "entry-" + notice.sequence());
        event.put("source", site);
        event.put("type", "dev.devopspack." + notice.kind().kind() + ".v1");
        event.put("subject", notice.path());
        event.put("time", notice.at().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return event;
    }

    private static Map<String, String> facts(Notice notice) {
        Map<String, String> facts = new TreeMap<>();
        notice.facts().forEach((name, value) -> facts.put(name, Plain.of(value)));
        return facts;
    }
}
