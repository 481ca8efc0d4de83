package dev.devopspack.specialist.cicd.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A job: what it may do, how long it may take and its steps are always said.
///
/// @param environment whose rules and secrets apply, where it has one
/// @param concurrency with an environment there is one, and it never ends a run
/// @param comment lines above it in the file
public record Job(
        JobId id,
        String name,
        String runner,
        List<JobId> needs,
        Value.@Nullable Expression condition,
        Permissions permissions,
        @Nullable String environment,
        @Nullable Concurrency concurrency,
        int timeoutMinutes,
        Map<String, Value> outputs,
        Map<String, Value> env,
        List<Step> steps,
        List<String> comment) {

    /// GitHub ends a job after six hours.
    private static final int LONGEST_MINUTES = 360;

    public Job {
        Checks.label(name);
        needs = List.copyOf(needs);
        steps = List.copyOf(steps);
        comment = List.copyOf(comment);
        outputs.keySet().forEach(Checks::identifier);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        env.keySet().forEach(Checks::constant);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        if (timeoutMinutes < 1 || timeoutMinutes > LONGEST_MINUTES) {
            throw new IllegalArgumentException("a job takes 1 to " + LONGEST_MINUTES + " minutes");
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("the job '" + id + "' has no steps");
        }
        if (environment != null && (concurrency == null || !concurrency.neverCancels())) {
            throw new IllegalArgumentException("a job of an environment is never ended by another");
        }
    }

    public static Builder of(String id, String name) {
        return new Builder(new JobId(id), name);
    }

    /// Puts a job together.
    public static final class Builder {

        private static final String RUNNER = "ubuntu-24.04";

        private final JobId id;
        private final String name;
        private List<JobId> needs = List.of();
        private Value.@Nullable Expression condition;
        private Permissions permissions = Permissions.NONE;
        private @Nullable String environment;
        private @Nullable Concurrency concurrency;
        private int timeoutMinutes = 1;
        private final Map<String, Value> outputs = new LinkedHashMap<>();
        private final Map<String, Value> env = new LinkedHashMap<>();
        private final List<Step> steps = new ArrayList<>();
        private List<String> comment = List.of();

        private Builder(JobId id, String name) {
            this.id = id;
            this.name = name;
        }

        public Builder needs(List<JobId> jobs) {
            needs = jobs;
            return this;
        }

        public Builder when(String expression) {
            condition = new Value.Expression(expression);
            return this;
        }

        public Builder permissions(Permissions wanted) {
            permissions = wanted;
            return this;
        }

        public Builder environment(String name) {
            environment = name;
            return this;
        }

        public Builder concurrency(Concurrency wanted) {
            concurrency = wanted;
            return this;
        }

        public Builder minutes(int minutes) {
            timeoutMinutes = minutes;
            return this;
        }

        public Builder output(String name, Value value) {
            outputs.put(name, value);
            return this;
        }

        public Builder env(String name, Value value) {
            env.put(name, value);
            return this;
        }

        public Builder steps(List<Step> more) {
            steps.addAll(more);
            return this;
        }

        public Builder step(Step step) {
            steps.add(step);
            return this;
        }

        public Builder comment(String... lines) {
            comment = List.of(lines);
            return this;
        }

        public Job build() {
            return new Job(
                    id,
                    name,
                    RUNNER,
                    needs,
                    condition,
                    permissions,
                    environment,
                    concurrency,
                    timeoutMinutes,
                    outputs,
                    env,
                    steps,
                    comment);
        }
    }
}
