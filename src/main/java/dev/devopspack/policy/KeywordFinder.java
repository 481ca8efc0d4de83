package dev.devopspack.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// Tells which of many groups of keywords occur in a text, in one pass over it (the automaton of
/// Aho and Corasick), however many keywords there are.
final class KeywordFinder {

    /// Keywords are ASCII; every other character is in none.
    private static final int ALPHABET = 128;

    /// By character: its column in `next`; 0 for what is in no keyword.
    private final int[] columns = new int[ALPHABET];

    private final int width;

    /// By state and column: the state that follows. State 0 is the start.
    private final int[] next;

    /// By state: the groups that have a keyword ending here.
    private final int[][] ends;

    private final int groups;

    /// @param groups keywords in lower case, each at least a character of ASCII
    KeywordFinder(List<List<String>> groups) {
        this.groups = groups.size();
        int count = 1;
        int states = 1;
        for (List<String> keywords : groups) {
            for (String keyword : keywords) {
                states += keyword.length();
                for (int i = 0; i < keyword.length(); i++) {
                    if (columns[keyword.charAt(i)] == 0) {
                        columns[keyword.charAt(i)] = count++;
                    }
                }
            }
        }
        width = count;
        next = new int[states * width];
        List<BitSet> found = new ArrayList<>(List.of(new BitSet()));
        for (int group = 0; group < groups.size(); group++) {
            for (String keyword : groups.get(group)) {
                found.get(insert(keyword, found)).set(group);
            }
        }
        connect(found);
        ends = new int[found.size()][];
        for (int state = 0; state < ends.length; state++) {
            ends[state] = found.get(state).stream().toArray();
        }
    }

    private int insert(String keyword, List<BitSet> found) {
        int state = 0;
        for (int i = 0; i < keyword.length(); i++) {
            int at = state * width + columns[keyword.charAt(i)];
            if (next[at] == 0) {
                next[at] = found.size();
                found.add(new BitSet());
            }
            state = next[at];
        }
        return state;
    }

    /// Where a keyword does not go on, the longest end of what was read that begins one does.
    private void connect(List<BitSet> found) {
        int[] shorter = new int[found.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int column = 1; column < width; column++) {
            if (next[column] != 0) {
                open.add(next[column]);
            }
        }
        while (!open.isEmpty()) {
            int state = open.remove();
            found.get(state).or(found.get(shorter[state]));
            for (int column = 1; column < width; column++) {
                int at = state * width + column;
                int other = next[shorter[state] * width + column];
                if (next[at] == 0) {
                    next[at] = other;
                } else {
                    shorter[next[at]] = other;
                    open.add(next[at]);
                }
            }
        }
    }

    /// Looks through a text once.
    ///
    /// @param lower a text whose ASCII letters are in lower case
    /// @return by group, whether one of its keywords occurs
    boolean[] in(String lower) {
        boolean[] occurs = new boolean[groups];
        int state = 0;
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            state = c < ALPHABET ? next[state * width + columns[c]] : 0;
            for (int group : ends[state]) {
                occurs[group] = true;
            }
        }
        return occurs;
    }
}
