package dev.devopspack.language.kubernetes;

import org.jspecify.annotations.Nullable;

/// Where a walk through an object stands; written out only where there is something to tell.
///
/// @param parent null at the object itself
record Place(@Nullable Place parent, String step) {

    static final Place ROOT = new Place(null, "");

    private static final int LONGEST_KEY = 60;

    boolean isRoot() {
        return parent == null;
    }

    Place key(String key) {
        boolean plain =
                !key.isEmpty()
                        && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        String cut = key.length() > LONGEST_KEY ? key.substring(0, LONGEST_KEY) + "…" : key;
        if (!plain) {
            return new Place(this, "['" + cut + "']");
        }
        return new Place(this, parent == null ? cut : "." + cut);
    }

    Place item(int index) {
        return new Place(this, "[" + index + "]");
    }

    /// For example `spec.containers[0].image`; empty at the object itself.
    String text() {
        StringBuilder text = new StringBuilder();
        for (Place each = this; each != null; each = each.parent) {
            text.insert(0, each.step);
        }
        return text.toString();
    }
}
