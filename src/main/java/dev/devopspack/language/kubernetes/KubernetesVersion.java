package dev.devopspack.language.kubernetes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.task.InvalidInput;
import java.util.List;
import java.util.stream.IntStream;

/// A release of Kubernetes that manifests are judged for, one of those with a schema pack.
///
/// @param minor the 33 of `1.33`
public record KubernetesVersion(int minor) implements Comparable<KubernetesVersion> {

    private static final int OLDEST_MINOR = 30;
    private static final int NEWEST_MINOR = 36;

    public static final KubernetesVersion NEWEST = new KubernetesVersion(NEWEST_MINOR);

    private static final Pattern SHAPE = Pattern.compile("v?1\\.([0-9]{1,3})(\\.[0-9]{1,4})?");

    public KubernetesVersion {
        if (minor < OLDEST_MINOR || minor > NEWEST_MINOR) {
            throw refusal("1." + minor);
        }
    }

    /// Reads what somebody types.
    ///
    /// @param text `1.33`, `v1.33` or with a patch number
    /// @throws InvalidInput for another text, and for a release without a schema pack
    public static KubernetesVersion of(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw refusal(text);
        }
        return new KubernetesVersion(Integer.parseInt(matcher.group(1)));
    }

    /// All releases with a schema pack, the oldest first.
    public static List<KubernetesVersion> all() {
        return IntStream.rangeClosed(OLDEST_MINOR, NEWEST_MINOR)
                .mapToObj(KubernetesVersion::new)
                .toList();
    }

    public String text() {
        return "1." + minor;
    }

    @Override
    public int compareTo(KubernetesVersion other) {
        return Integer.compare(minor, other.minor);
    }

    private static InvalidInput refusal(String text) {
        String shown = text.length() > 20 ? text.substring(0, 20) + "…" : text;
        return new InvalidInput(
                "kubernetes version",
                "there is no schema of Kubernetes '" + shown + "'",
                "Name a release from 1." + OLDEST_MINOR + " to 1." + NEWEST_MINOR + ".");
    }
}
