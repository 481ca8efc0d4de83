package dev.devopspack.specialist.cicd.workflow;

import dev.devopspack.language.yaml.printer.YamlPrinter;
import dev.devopspack.language.yaml.printer.YamlValue;
import dev.devopspack.language.yaml.printer.YamlValue.Flow;
import dev.devopspack.language.yaml.printer.YamlValue.Item;
import dev.devopspack.language.yaml.printer.YamlValue.Mapping;
import dev.devopspack.language.yaml.printer.YamlValue.MappingBuilder;
import dev.devopspack.language.yaml.printer.YamlValue.Sequence;
import java.util.List;
import java.util.Map;

/// Writes a workflow in the order in which people read one.
final class WorkflowPrinter {

    private WorkflowPrinter() {}

    static String print(Workflow workflow) {
        MappingBuilder root = YamlValue.mapping().put("name", workflow.name());
        if (workflow.runName() != null) {
            root.put("run-name", workflow.runName().written());
        }
        root.blank().put("on", triggers(workflow.triggers()));
        root.blank()
                .comment("Nothing, but what a job asks for.")
                .put("permissions", permissions(Permissions.NONE));
        if (workflow.concurrency() != null) {
            root.blank().put("concurrency", concurrency(workflow.concurrency()));
        }
        root.blank()
                .comment("Ends at the first command that fails, also inside a pipe.")
                .put(
                        "defaults",
                        YamlValue.mapping()
                                .put("run", YamlValue.mapping().put("shell", "bash").build())
                                .build());
        MappingBuilder jobs = YamlValue.mapping();
        for (Job job : workflow.jobs()) {
            jobs.blank()
                    .comment(job.comment().toArray(String[]::new))
                    .put(job.id().value(), job(job));
        }
        return YamlPrinter.document(
                workflow.header(), root.blank().put("jobs", jobs.build()).build());
    }

    private static Mapping triggers(List<Trigger> triggers) {
        MappingBuilder on = YamlValue.mapping();
        for (Trigger trigger : triggers) {
            switch (trigger) {
                case Trigger.PullRequest request ->
                        on.put("pull_request", branches(request.branches()));
                case Trigger.Push push -> on.put("push", branches(push.branches()));
                case Trigger.Dispatch dispatch ->
                        on.put("workflow_dispatch", inputs(dispatch.inputs()));
            }
        }
        return on.build();
    }

    private static Mapping branches(List<String> branches) {
        return YamlValue.mapping().put("branches", new Flow(branches)).build();
    }

    private static Mapping inputs(List<Trigger.Input> inputs) {
        MappingBuilder written = YamlValue.mapping();
        for (Trigger.Input input : inputs) {
            MappingBuilder one =
                    YamlValue.mapping()
                            .put("description", input.description())
                            .put("required", new YamlValue.Bool(true))
                            .put("type", input.options() == null ? "string" : "choice");
            if (input.options() != null) {
                one.put("options", new Flow(input.options()));
            }
            written.put(input.name(), one.build());
        }
        return YamlValue.mapping().put("inputs", written.build()).build();
    }

    private static Mapping permissions(Permissions permissions) {
        MappingBuilder written = YamlValue.mapping();
        permissions
                .grants()
                .forEach((scope, grant) ->
                        written.put(
                                scope.written(),
                                new YamlValue.Text(grant.level().written()),
                                grant.why()));
        return written.build();
    }

    private static Mapping concurrency(Concurrency concurrency) {
        return YamlValue.mapping()
                .put("group", concurrency.group().written())
                .put("cancel-in-progress", concurrency.cancel().written())
                .build();
    }

    private static Mapping job(Job job) {
        MappingBuilder written =
                YamlValue.mapping().put("name", job.name()).put("runs-on", job.runner());
        if (!job.needs().isEmpty()) {
            written.put("needs", new Flow(job.needs().stream().map(JobId::value).toList()));
        }
        if (job.condition() != null) {
            written.put("if", job.condition().written());
        }
        written.put("permissions", permissions(job.permissions()));
        if (job.environment() != null) {
            written.put("environment", job.environment());
        }
        if (job.concurrency() != null) {
            written.put("concurrency", concurrency(job.concurrency()));
        }
        written.put("timeout-minutes", new YamlValue.Whole(job.timeoutMinutes()));
        put(written, "outputs", job.outputs());
        put(written, "env", job.env());
        return written.put(
                        "steps",
                        new Sequence(job.steps().stream().map(WorkflowPrinter::item).toList()))
                .build();
    }

    private static Item item(Step step) {
        return new Item(step(step), step.comment(), false);
    }

    private static Mapping step(Step step) {
        MappingBuilder written = YamlValue.mapping().put("name", step.name());
        if (step.id() != null) {
            written.put("id", step.id());
        }
        if (step.condition() != null) {
            written.put("if", step.condition().written());
        }
        switch (step.work()) {
            case Step.Work.Use use -> {
                written.put(
                        "uses",
                        new YamlValue.Text(use.action().reference()),
                        use.action().version());
                put(written, "with", use.with());
                put(written, "env", step.env());
            }
            case Step.Work.Run run -> {
                if (step.folder() != null) {
                    written.put("working-directory", step.folder());
                }
                put(written, "env", step.env());
                String text = run.script().text();
                written.put(
                        "run",
                        text.contains("\n") ? new YamlValue.Block(text) : new YamlValue.Text(text));
            }
        }
        return written.build();
    }

    private static void put(MappingBuilder into, String key, Map<String, Value> values) {
        if (!values.isEmpty()) {
            MappingBuilder written = YamlValue.mapping();
            values.forEach((name, value) -> written.put(name, value.written()));
            into.put(key, written.build());
        }
    }
}
