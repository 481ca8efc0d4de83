package dev.devopspack.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Thirty days as a row of bars, drawn on the server.
///
/// @param title what is drawn
/// @param summary the same in words, for whoever does not see it
record Plot(String title, String summary, List<Bar> bars) {

    static final int DAYS = 30;

    /// In the plot's own units: the picture scales with the page.
    private static final int STEP = 10;

    private static final int WIDTH = 7;
    private static final int HEIGHT = 64;

    /// A day on which something happened is seen, however little it was.
    private static final int LEAST = 3;

    /// One rectangle.
    ///
    /// @param tone a class of the style sheet
    /// @param title what it stands for, on hover
    record Bar(int x, int y, int width, int height, String tone, String title) {}

    /// A part of one day's bar, from below.
    record Part(double amount, String tone, String title) {}

    public int width() {
        return DAYS * STEP;
    }

    public int height() {
        return HEIGHT;
    }

    /// @param today the last day
    /// @param parts of each day; empty where nothing happened
    static Plot of(
            String title, String summary, LocalDate today, Function<LocalDate, List<Part>> parts) {
        List<List<Part>> days = new ArrayList<>();
        double most = 0;
        for (int i = 0; i < DAYS; i++) {
            List<Part> day = parts.apply(today.minusDays(DAYS - 1L - i));
            days.add(day);
            most = Math.max(most, day.stream().mapToDouble(Part::amount).sum());
        }
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < DAYS; i++) {
            int top = HEIGHT;
            for (Part part : days.get(i)) {
                if (part.amount() > 0) {
                    int height = Math.max(LEAST, (int) Math.round(part.amount() / most * HEIGHT));
                    top = Math.max(0, top - height);
                    bars.add(new Bar(i * STEP, top, WIDTH, height, part.tone(), part.title()));
                }
            }
            if (top == HEIGHT) {
                bars.add(new Bar(i * STEP, HEIGHT - 1, WIDTH, 1, "none", ""));
            }
        }
        return new Plot(title, summary, List.copyOf(bars));
    }
}
