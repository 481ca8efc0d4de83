package dev.devopspack.specialist.cicd;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.specialist.cicd.workflow.ActionTable;
import dev.devopspack.task.TaskType;
import jakarta.inject.Singleton;
import java.util.List;

/// `devops_cicd`: pipelines that build once and deploy what was approved.
@Singleton
public class CicdSpecialist implements Specialist {

    static final String AGENT = "devops_cicd";

    private final List<Capability<?>> capabilities;

    CicdSpecialist(ApprovalPolicy policy) {
        this.capabilities =
                List.of(
                        new PipelineGeneration(
                                policy, ActionTable.shipped(), ScriptLibrary.shipped()));
    }

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public TaskType taskType() {
        return TaskType.CICD;
    }

    @Override
    public String description() {
        return "Writes pipelines that check, build once and deploy by digest, with pinned actions and"
                + " no keys.";
    }

    @Override
    public List<Capability<?>> capabilities() {
        return capabilities;
    }
}
