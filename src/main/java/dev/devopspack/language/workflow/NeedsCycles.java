package dev.devopspack.language.workflow;

import dev.devopspack.language.workflow.WorkflowProblem.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds jobs that wait for each other.
final class NeedsCycles {

    private enum Mark {
        OPEN,
        DONE
    }

    private final Map<String, Job> jobs = new HashMap<>();
    private final Map<String, Mark> marks = new HashMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private final Deque<Iterator<String>> pending = new ArrayDeque<>();

    private NeedsCycles(List<Job> all) {
        all.forEach(job -> jobs.put(job.id().toLowerCase(Locale.ROOT), job));
    }

    /// Reports the first cycle: the others mostly are the same one.
    static void check(Reading reading, List<Job> jobs) {
        NeedsCycles cycles = new NeedsCycles(jobs);
        for (Job job : jobs) {
            List<String> cycle = cycles.from(job.id().toLowerCase(Locale.ROOT));
            if (!cycle.isEmpty()) {
                Job first = cycles.jobs.getOrDefault(first(cycle, jobs), job);
                reading.problem(
                        Kind.NEEDS,
                        first.span(),
                        "jobs wait for each other: " + String.join(" -> ", cycle));
                return;
            }
        }
    }

    /// The job of the cycle that stands first in the file.
    private static String first(List<String> cycle, List<Job> jobs) {
        return jobs.stream()
                .map(job -> job.id().toLowerCase(Locale.ROOT))
                .filter(cycle::contains)
                .findFirst()
                .orElse(cycle.getFirst());
    }

    /// A cycle that is reached from the job, without recursion: a chain may be long.
    private List<String> from(String start) {
        enter(start);
        while (!pending.isEmpty()) {
            Iterator<String> needs = pending.getLast();
            if (!needs.hasNext()) {
                pending.removeLast();
                marks.put(path.removeLast(), Mark.DONE);
                continue;
            }
            String next = needs.next();
            if (marks.get(next) == Mark.OPEN) {
                return cycle(next);
            }
            enter(next);
        }
        return List.of();
    }

    private void enter(String id) {
        Job job = jobs.get(id);
        if (job != null && !marks.containsKey(id)) {
            marks.put(id, Mark.OPEN);
            path.addLast(id);
            pending.addLast(job.needs().iterator());
        }
    }

    private List<String> cycle(String id) {
        List<String> whole = new ArrayList<>(path);
        List<String> cycle = new ArrayList<>(whole.subList(whole.indexOf(id), whole.size()));
        cycle.add(id);
        return cycle;
    }
}
