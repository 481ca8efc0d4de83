package dev.devopspack.specialist.terraform;

import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.task.TaskType;
import jakarta.inject.Singleton;
import java.util.List;

/// `devops_terraform`: infrastructure as code, from reviewed modules.
@Singleton
public class TerraformSpecialist implements Specialist {

    static final String AGENT = "devops_terraform";

    private final List<Capability<?>> capabilities =
            List.of(new ConfigurationGeneration(BlueprintCatalog.shipped("terraform")));

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public TaskType taskType() {
        return TaskType.TERRAFORM;
    }

    @Override
    public String description() {
        return "Writes Terraform modules that are safe by default, from blueprints people reviewed.";
    }

    @Override
    public List<Capability<?>> capabilities() {
        return capabilities;
    }
}
