package dev.devopspack.web;

import dev.devopspack.approval.pause.Pause;
import dev.devopspack.approval.pause.PauseScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// What every page says of pauses: the widest first, then the newest, and no more than can be read.
final class PauseBanners {

    /// More of them push the page's own content below the fold of a laptop.
    private static final int MOST = 3;

    private static final Comparator<Pause> TELLING =
            Comparator.comparing(
                            (Pause pause) -> pause.scope().kind() != PauseScope.Kind.EVERYTHING)
                    .thenComparing(Pause::since, Comparator.reverseOrder());

    private PauseBanners() {}

    /// @param sentence says who paused what, when and why
    static List<String> of(List<Pause> active, Function<Pause, String> sentence) {
        List<String> banners = new ArrayList<>();
        active.stream()
                .sorted(TELLING)
                .limit(MOST)
                .forEach(pause -> banners.add("Paused: " + sentence.apply(pause)));
        int more = active.size() - MOST;
        if (more > 0) {
            banners.add("Paused: " + more + " more, listed on /pauses.");
        }
        return banners;
    }
}
