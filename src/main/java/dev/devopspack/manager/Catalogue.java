package dev.devopspack.manager;

import dev.devopspack.manager.conduct.PolicyTable;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Specialist;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// What this installation can do, read from the very objects that do it.
@ApplicationScoped
public class Catalogue {

    private static final DumpSettings YAML =
            DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();

    /// Who takes every task before an agent does.
    public static final String MANAGER = "devops_pack_manager";

    private final List<Agent> agents;
    private final PolicyTable table = PolicyTable.shipped();

    Catalogue(Instance<Specialist> specialists) {
        this.agents =
                specialists.stream()
                        .sorted(Comparator.comparing(Specialist::agent))
                        .map(Agent::of)
                        .toList();
    }

    /// In the order of their names.
    public List<Agent> agents() {
        return agents;
    }

    /// What an agent, or the manager, does: a line each.
    public List<String> may(String agent) {
        return table.agents().stream()
                .filter(row -> row.agent().equals(agent))
                .flatMap(row -> row.may().stream())
                .toList();
    }

    /// What no agent does, in the order in which the manager looks for it.
    public List<Refused> refused() {
        return table.refusals().stream()
                .map(each -> new Refused(each.id(), each.title(), each.why(), each.instead()))
                .toList();
    }

    /// @param id as the audit log keeps it, for example `apply-to-production`
    /// @param instead the way that is open
    public record Refused(String id, String title, String why, String instead) {}

    /// The example task of a capability, where there is one of this name.
    public Optional<String> task(String agent, String capability) {
        return agent(agent).stream()
                .flatMap(found -> found.capabilities().stream())
                .filter(found -> found.name().equals(capability))
                .map(CapabilityEntry::task)
                .findFirst();
    }

    public Optional<Agent> agent(String name) {
        return agents.stream().filter(agent -> agent.name().equals(name)).findFirst();
    }

    /// @param name for example `devops_terraform`
    /// @param taskType of the tasks that it is asked with, for example `devops.terraform`
    public record Agent(
            String name, String taskType, String description, List<CapabilityEntry> capabilities) {

        static Agent of(Specialist specialist) {
            return new Agent(
                    specialist.agent(),
                    specialist.taskType().value(),
                    specialist.description(),
                    specialist.capabilities().stream()
                            .map(capability -> CapabilityEntry.of(specialist, capability))
                            .toList());
        }
    }

    /// @param targetsEnvironment whether what it makes is meant for an environment, whose approval
    ///   then applies
    /// @param inputSchema the JSON schema of its input
    /// @param task a whole task in YAML that is accepted as it stands
    public record CapabilityEntry(
            String name,
            String description,
            boolean targetsEnvironment,
            Map<String, Object> inputSchema,
            String task) {

        static CapabilityEntry of(Specialist specialist, Capability<?> capability) {
            return new CapabilityEntry(
                    capability.name(),
                    capability.description(),
                    capability.targetsEnvironment(),
                    capability.inputSchema(),
                    task(specialist, capability));
        }

        private static String task(Specialist specialist, Capability<?> capability) {
            Map<String, Object> task = new LinkedHashMap<>();
            task.put("type", specialist.taskType().value());
            task.put("capability", capability.name());
            task.put("input", capability.example());
            return new Dump(YAML).dumpToString(Map.of("task", task));
        }
    }
}
