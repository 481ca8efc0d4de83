package dev.devopspack.review;

/// The text for a change set of which people waived findings: {@link RenderingV1} with a section of
/// them after the open findings. What is signed under version 1 keeps its version.
public final class RenderingV2 {

    public static final String VERSION = "devops-pack/rendering/v2";

    private RenderingV2() {}

    /// @return lines that end with `\n`, in Unicode normal form C
    /// @throws IllegalArgumentException if nothing is waived: that is shown in version 1
    public static String text(Subject subject) {
        if (subject.waivers().isEmpty()) {
            throw new IllegalArgumentException(VERSION + " is for what holds waivers");
        }
        return new RenderingV1(subject, VERSION).text();
    }
}
