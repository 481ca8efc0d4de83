package dev.devopspack.specialist.cicd.workflow;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A workflow. Its token may do nothing but what a job asks for, and its scripts are bash that ends
/// at the first failure.
///
/// @param header comment lines at the top
/// @param runName the title of a run; null where it is the name of the workflow
/// @param jobs in the order in which they should be read; each after those that it needs
public record Workflow(
        List<String> header,
        String name,
        Value.@Nullable Joined runName,
        List<Trigger> triggers,
        @Nullable Concurrency concurrency,
        List<Job> jobs) {

    public Workflow {
        Checks.label(name);
        header = List.copyOf(header);
        triggers = List.copyOf(triggers);
        jobs = List.copyOf(jobs);
        Set<JobId> known = new HashSet<>();
        for (Job job : jobs) {
            if (!known.containsAll(job.needs()) || !known.add(job.id())) {
                throw new IllegalArgumentException(
                        "the job '" + job.id() + "' stands twice or before one that it needs");
            }
        }
        if (triggers.isEmpty() || jobs.isEmpty()) {
            throw new IllegalArgumentException("a workflow has a trigger and a job");
        }
    }

    /// The workflow as YAML.
    public String written() {
        return WorkflowPrinter.print(this);
    }
}
