package dev.devopspack.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A long run of a fuzzer by hand: a reader gets the mutants of many files. It ends at the first
/// that makes the reader throw or that takes too long, and keeps that mutant.
public final class FuzzRun {

    /// No text of the size of the seeds may take longer.
    private static final long TOO_LONG_MILLIS = 1_000;

    /// What the Java machine does beside makes a rare text slow: what takes long again and again is
    /// slow by itself.
    private static final int TRIES = 3;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private FuzzRun() {}

    /// The texts of the files below a folder, but for those that are no UTF-8.
    public static List<String> seeds(Path folder, Predicate<String> named) throws IOException {
        List<String> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (named.test(String.valueOf(file.getFileName()))) {
                    text(file, seeds);
                }
            }
        }
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("no such files below " + folder);
        }
        return seeds;
    }

    private static void text(Path file, List<String> seeds) throws IOException {
        try {
            seeds.add(Files.readString(file));
        } catch (MalformedInputException _) {
            System.out.println("left out, no UTF-8: " + file);
        }
    }

    /// @param what is read, for the line that it prints
    /// @param reads whether the text is a good one; it may not throw
    /// @throws IllegalStateException with the file of the mutant that made it throw or take long
    public static void of(
            String what,
            List<String> seeds,
            List<String> pieces,
            int mutants,
            Predicate<String> reads) {
        of(what, seeds, new Mutation(pieces, 1)::of, mutants, reads);
    }

    /// The same with a way of damaging that knows the language.
    public static void of(
            String what,
            List<String> seeds,
            UnaryOperator<String> damaged,
            int mutants,
            Predicate<String> reads) {
        seeds.forEach(seed -> read(seed, reads));
        long start = System.nanoTime();
        long slowest = 0;
        int good = 0;
        for (int i = 0; i < mutants; i++) {
            String mutant = damaged.apply(seeds.get(i % seeds.size()));
            long one = processorMillis();
            good += read(mutant, reads) ? 1 : 0;
            long millis = processorMillis() - one;
            for (int again = 1; millis > TOO_LONG_MILLIS; again++) {
                if (again == TRIES) {
                    throw new IllegalStateException(millis + " ms: " + kept(mutant));
                }
                one = processorMillis();
                read(mutant, reads);
                millis = processorMillis() - one;
            }
            slowest = Math.max(slowest, millis);
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d mutants of %d files, none escaped, %d good, slowest %d ms, %.3f ms each%n",
                what,
                mutants,
                seeds.size(),
                good,
                slowest,
                (System.nanoTime() - start) / 1e6 / mutants);
    }

    /// Of this thread: the same on a busy machine.
    private static long processorMillis() {
        return THREADS.getCurrentThreadCpuTime() / 1_000_000;
    }

    private static boolean read(String mutant, Predicate<String> reads) {
        try {
            return reads.test(mutant);
        } catch (RuntimeException | StackOverflowError failed) {
            throw new IllegalStateException("see " + kept(mutant), failed);
        }
    }

    private static Path kept(String mutant) {
        try {
            Path kept = Files.createTempFile("mutant", ".txt");
            Files.writeString(kept, mutant);
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
