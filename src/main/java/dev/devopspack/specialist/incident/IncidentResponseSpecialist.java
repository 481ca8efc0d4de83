package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.task.TaskType;
import jakarta.inject.Singleton;
import java.util.List;

/// `devops_incident_response`: what helps people on call.
@Singleton
public class IncidentResponseSpecialist implements Specialist {

    static final String AGENT = "devops_incident_response";

    static final TaskType TASK_TYPE = TaskType.INCIDENT_RESPONSE;

    private final List<Capability<?>> capabilities = List.of(new RunbookGeneration());

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public TaskType taskType() {
        return TASK_TYPE;
    }

    @Override
    public String description() {
        return "Writes runbooks that an engineer can follow at night; triage in them only looks.";
    }

    @Override
    public List<Capability<?>> capabilities() {
        return capabilities;
    }
}
