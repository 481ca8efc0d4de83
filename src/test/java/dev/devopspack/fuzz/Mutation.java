package dev.devopspack.fuzz;

import java.util.List;
import java.util.Random;

/// Damages texts at random: takes parts out, puts parts of it elsewhere, cuts it off, and strews in
/// pieces that mean something to who reads it. The same seed gives the same mutants.
public final class Mutation {

    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_CUT = 20;
    private static final int LONGEST_COPY = 40;

    private final List<String> pieces;
    private final Random random;

    public Mutation(List<String> pieces, long seed) {
        this.pieces = List.copyOf(pieces);
        this.random = new Random(seed);
    }

    public String of(String text) {
        StringBuilder mutant = new StringBuilder(text);
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            change(mutant);
        }
        return mutant.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(LONGEST_CUT));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, piece());
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.setLength(Math.max(at, text.length() / 2));
            case 4 -> text.replace(at, end, piece());
            default -> {
                int other = random.nextInt(text.length() + 1);
                int otherEnd = Math.min(text.length(), other + LONGEST_COPY);
                text.insert(at, text.substring(other, otherEnd));
            }
        }
    }

    private String piece() {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
