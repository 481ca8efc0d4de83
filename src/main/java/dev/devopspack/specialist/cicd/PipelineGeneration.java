package dev.devopspack.specialist.cicd;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.InputSchema;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.specialist.cicd.workflow.ActionTable;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import dev.devopspack.task.TaskType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// `pipeline_generation`: workflows that check, build once and deploy what was built, with an
/// approval before production.
final class PipelineGeneration implements Capability<PipelineInput> {

    /// What a pipeline that deploys nowhere is counted as.
    static final Environment NOWHERE = new Environment("development");

    private final ApprovalPolicy policy;
    private final Toolbox tools;
    private final ScriptLibrary scripts;

    /// @param policy says which environments count as production
    PipelineGeneration(ApprovalPolicy policy, ActionTable actions, ScriptLibrary scripts) {
        this.policy = policy;
        this.tools = new Toolbox(actions);
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return "pipeline_generation";
    }

    @Override
    public String description() {
        return "GitHub Actions workflows: lint, test, build once, deploy by digest, roll back.";
    }

    @Override
    public Class<PipelineInput> inputType() {
        return PipelineInput.class;
    }

    @Override
    public boolean targetsEnvironment() {
        return true;
    }

    @Override
    public Map<String, Object> inputSchema() {
        return InputSchema.object(
                InputSchema.properties(PipelineInput.class), List.of("project_type"));
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("project_type", "typescript_fullstack");
        example.put("platform", "github_actions");
        example.put("stages", List.of("lint", "test", "build", "deploy"));
        example.put("environments", List.of("staging", "production"));
        return example;
    }

    @Override
    public Outcome perform(PipelineInput input, Work work) {
        if (input.projectType() == null) {
            return inputRequired();
        }
        Pipeline pipeline = Choices.of(input, input.projectType(), policy);
        PipelineFiles written = new PipelineFiles(pipeline, tools, scripts);
        Artifacts artifacts = new Artifacts(written.files());
        Explanation explanation = new Explanation(pipeline, written.settings());
        return new Outcome.Proposal(
                artifacts,
                explanation.summary(),
                explanation.claims(),
                explanation.next(),
                Objects.requireNonNullElseGet(work.stack(), () -> stack(pipeline)),
                environments(pipeline, work),
                catalogue());
    }

    private static StackName stack(Pipeline pipeline) {
        return new StackName(Choices.lower(pipeline.type()) + "/pipeline");
    }

    private static List<Environment> environments(Pipeline pipeline, Work work) {
        return pipeline.has(Stage.DEPLOY)
                ? pipeline.targets().stream().map(Target::environment).toList()
                : List.of(Objects.requireNonNullElse(work.environment(), NOWHERE));
    }

    private Digest catalogue() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("actions", tools.actions().digest().value());
        document.put("scripts", scripts.digests());
        return Canonical.digest(document);
    }

    private Outcome inputRequired() {
        List<String> offered = Arrays.stream(ProjectType.values()).map(Choices::lower).toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("enum", offered);
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("type", TaskType.CICD.value());
        task.put("input", example());
        return new Outcome.InputRequired(
                List.of(
                        new Outcome.MissingInput(
                                "/input/project_type",
                                "What is built. Offered: " + String.join(", ", offered) + ".",
                                schema,
                                offered.getFirst())),
                inputSchema(),
                Map.of("task", task));
    }
}
