package dev.devopspack.review;

import java.util.TreeMap;

/// An output of the root module before and after.
public record OutputChange(String name, Action action, Datum before, Datum after) {

    Datum document() {
        TreeMap<String, Datum> document = new TreeMap<>();
        document.put("name", new Datum.Text(name));
        document.put("action", new Datum.Text(action.label()));
        document.put("before", new Datum.Text(Shown.value(before)));
        document.put("after", new Datum.Text(Shown.value(after)));
        return new Datum.Members(document);
    }
}
