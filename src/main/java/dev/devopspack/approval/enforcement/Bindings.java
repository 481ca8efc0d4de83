package dev.devopspack.approval.enforcement;

import dev.devopspack.change.Target;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.util.List;
import java.util.Optional;

/// Which jobs may use which grants. A job that nothing names uses nothing.
public record Bindings(List<Binding> list) {

    public static final Bindings NONE = new Bindings(List.of());

    public Bindings {
        list = List.copyOf(list);
    }

    /// Why the job is no caller of ours at all: an issuer vouches for every repository that it
    /// hosts, so its word alone opens nothing.
    public Optional<String> refusal(Workload job) {
        return among(list, job, "no pipeline is configured");
    }

    /// Why the job may not use the grant of this change set.
    public Optional<String> refusal(
            StackName stack, Environment environment, Target target, Workload job) {
        return among(
                        list.stream().filter(binding -> binding.isFor(stack, environment)).toList(),
                        job,
                        "no pipeline is configured for the stack '"
                                + stack
                                + "' in '"
                                + environment
                                + "'")
                .or(() -> Binding.differs(target, job));
    }

    private static Optional<String> among(List<Binding> bindings, Workload job, String none) {
        if (bindings.isEmpty()) {
            return Optional.of(none);
        }
        List<String> differences =
                bindings.stream().flatMap(binding -> binding.differs(job).stream()).toList();
        if (differences.size() < bindings.size()) {
            return Optional.empty();
        }
        // With one binding the difference helps; with more nobody knows which one was meant, but
        // one of the job's own repository.
        return bindings.stream()
                .filter(binding -> binding.repository().equals(job.repository()))
                .findFirst()
                .flatMap(binding -> binding.differs(job))
                .or(() -> Optional.of(differences.getFirst()));
    }
}
