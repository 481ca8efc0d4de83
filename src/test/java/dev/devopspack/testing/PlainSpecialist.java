package dev.devopspack.testing;

import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.InputReader;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.TaskType;
import java.util.List;
import java.util.Map;

/// An agent with one capability that reports its input.
///
/// @param agent for example `devops_cicd`
/// @param capabilityName for example `pipeline_generation`
public record PlainSpecialist(String agent, TaskType taskType, String capabilityName)
        implements Specialist {

    /// What it is asked with.
    public record Input(String name) {}

    @Override
    public String description() {
        return "Reports what it is given.";
    }

    @Override
    public List<Capability<?>> capabilities() {
        return List.of(new Reporting(capabilityName));
    }

    private record Reporting(String name) implements Capability<Input> {

        @Override
        public String description() {
            return "Reports its input.";
        }

        @Override
        public Class<Input> inputType() {
            return Input.class;
        }

        @Override
        public boolean targetsEnvironment() {
            return false;
        }

        @Override
        public Map<String, Object> example() {
            return Map.of("name", "example");
        }

        @Override
        public Input read(Map<String, Object> input) {
            return InputReader.read(Input.class, input, "/input");
        }

        @Override
        public Outcome perform(Input input, Work work) {
            return new Outcome.Report(List.of(input.name()), Map.of());
        }
    }
}
