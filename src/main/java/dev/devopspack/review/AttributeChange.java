package dev.devopspack.review;

import java.util.Map;
import java.util.TreeMap;

/// One attribute before and after.
///
/// @param path for example `vpc_config[0].endpoint_public_access` or `tags["kubernetes.io/role"]`
/// @param before [Datum.Nothing] where it was not there
/// @param forcesReplacement whether this is why the resource is replaced, as the plan says
public record AttributeChange(String path, Datum before, Datum after, boolean forcesReplacement) {

    /// The value before on one line, bounded, hidden characters shown as marks.
    public String beforeText() {
        return Shown.value(before);
    }

    /// The value after on one line, bounded, hidden characters shown as marks.
    public String afterText() {
        return Shown.value(after);
    }

    Datum document() {
        Map<String, Datum> document = new TreeMap<>();
        document.put("path", new Datum.Text(path));
        document.put("before", new Datum.Text(beforeText()));
        document.put("after", new Datum.Text(afterText()));
        if (forcesReplacement) {
            document.put("forcesReplacement", new Datum.Flag(true));
        }
        return Datum.Members.of(document);
    }
}
