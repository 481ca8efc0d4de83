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
        data.put("facts", facts(notice.facts()));
        if (!notice.waiting().isEmpty()) {
            data.put(
                    "waiting", notice.waiting().stream().map(each -> request(each, site)).toList());
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        // Together with the source unique: whoever gets one twice knows it by them.
        event.put("id", id(notice));
        event.put("source", site);
        event.put("type", "dev.devopspack." + notice.kind().kind() + ".v1");
        event.put("subject", notice.path());
        event.put("time", notice.at().toString());
        event.put("datacontenttype", "application/json");
        event.put("data", data);
        return event;
    }

    /// Two people's lists may begin with one entry, and be read by one receiver.
    private static String id(Notice notice) {
        String entry = "entry-" + notice.sequence();
        return notice.reader() == null ? entry : entry + "-" + notice.reader();
    }

    private static Map<String, String> request(Notice.Waiting waiting, String site) {
        Map<String, String> request = facts(waiting.facts());
        request.put("link", site + waiting.path());
        return request;
    }

    private static Map<String, String> facts(Map<String, String> given) {
        Map<String, String> facts = new TreeMap<>();
        given.forEach((name, value) -> facts.put(name, Plain.of(value)));
        return facts;
    }
}
