package dev.devopspack.manager;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.Target;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.identity.Principal;
import dev.devopspack.intake.TaskDocument;
import dev.devopspack.intake.TaskReader;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Specialist;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The flow of a request: read, route, perform, freeze as a change set, judge, ask, remember.
@ApplicationScoped
public class Manager {

    private final Specialists specialists;
    private final Door door;
    private final Plans plans;
    private final Freezer freezer;
    private final Gates gates;
    private final Ledger ledger;
    private final Results results;
    private final ChangeSetStore changeSets;
    private final ApprovalPolicy policy;

    Manager(
            Specialists specialists,
            Door door,
            Plans plans,
            Freezer freezer,
            Gates gates,
            Ledger ledger,
            Results results,
            ChangeSetStore changeSets,
            ApprovalPolicy policy) {
        this.specialists = specialists;
        this.door = door;
        this.plans = plans;
        this.freezer = freezer;
        this.gates = gates;
        this.ledger = ledger;
        this.results = results;
        this.changeSets = changeSets;
        this.policy = policy;
    }

    /// Runs a task.
    ///
    /// @param document the task in YAML or JSON
    /// @param client the software that asks, as it names itself: a claim
    /// @throws InvalidInput where the task cannot be understood; then nothing is stored
    public RunResult run(String document, Principal caller, String client, Progress progress) {
        progress.step(0, Steps.COUNT, "reading the task");
        TaskDocument task = TaskReader.read(document);
        Specialist specialist;
        Capability<?> capability;
        try {
            specialist = specialists.of(task.task().type());
            capability = Specialists.capability(specialist, task.task());
        } catch (InvalidInput refused) {
            throw task.located(refused, TaskReader.EXAMPLE);
        }
        door.refuseSecrets(task);
        progress.step(1, Steps.COUNT, specialist.agent() + " writes the files");
        Outcome outcome;
        try {
            outcome = perform(capability, task);
        } catch (InvalidInput refused) {
            throw task.located(refused, exampleOf(task, capability));
        }
        ledger.received(task.task(), specialist, capability, caller, client);
        return switch (outcome) {
            case Outcome.Proposal proposal ->
                    proposed(proposal, specialist, capability, task, caller, client, progress);
            case Outcome.Report report -> Results.report(report.summary(), report.facts());
            case Outcome.InputRequired required -> Results.inputRequired(required);
        };
    }

    private static <I extends Record> Outcome perform(Capability<I> capability, TaskDocument task) {
        I input = capability.read(task.task().input());
        return capability.perform(input, new Work(task.task().environment(), task.task().stack()));
    }

    private static String exampleOf(TaskDocument task, Capability<?> capability) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("type", task.task().type().value());
        inner.put("capability", capability.name());
        inner.put("input", capability.example());
        return Json.pretty(Map.of("task", inner));
    }

    private RunResult proposed(
            Outcome.Proposal proposal,
            Specialist specialist,
            Capability<?> capability,
            TaskDocument task,
            Principal caller,
            String client,
            Progress progress) {
        ChangeSet changeSet =
                freezer.freeze(
                        new Origin.Generated(
                                specialist.agent(), capability.name(), proposal.catalogue()),
                        proposal.artifacts(),
                        null,
                        Target.of(environment(proposal, capability, task), proposal.stack()),
                        requester(caller),
                        client,
                        proposal.claims());
        return judged(changeSet, proposal.summary(), proposal.next(), caller, progress);
    }

    /// The strictest of those that the files act on; none where the capability acts on none.
    private @Nullable Environment environment(
            Outcome.Proposal proposal, Capability<?> capability, TaskDocument task) {
        if (!capability.targetsEnvironment()) {
            return null;
        }
        Optional<Environment> strictest = policy.strictest(proposal.environments());
        if (strictest.isPresent()) {
            return strictest.get();
        }
        if (task.task().environment() == null) {
            throw task.located(
                    new InvalidInput(
                            "/input",
                            "the task does not say for which environment",
                            "Add `environment: production`, or another one."),
                    exampleOf(task, capability));
        }
        return task.task().environment();
    }

    /// Freezes files that the caller wrote and judges them like our own.
    ///
    /// @throws InvalidInput where the files or the plan cannot be taken; then nothing is stored
    public RunResult submit(
            Submission submission, Principal caller, String client, Progress progress) {
        progress.step(0, Steps.COUNT, "reading the files");
        door.refuseSecrets(submission.artifacts());
        GivenPlan plan = plans.given(submission);
        ledger.received(submission, caller, client);
        ChangeSet changeSet =
                freezer.freeze(
                        new Origin.Submitted(),
                        submission.artifacts(),
                        plan,
                        new Target(
                                submission.environment(),
                                submission.stack(),
                                submission.repository(),
                                submission.commit()),
                        requester(caller),
                        client,
                        submission.claims());
        List<String> summary =
                List.of(
                        submission.artifacts().list().size()
                                + " files submitted for "
                                + submission.environment());
        return judged(changeSet, summary, List.of(), caller, progress);
    }

    private RunResult judged(
            ChangeSet frozen,
            List<String> summary,
            List<String> next,
            Principal caller,
            Progress progress) {
        Verdicts verdicts = gates.judge(frozen, progress);
        progress.step(5, Steps.COUNT, "storing");
        ChangeSet stored = ledger.remember(frozen, verdicts, caller);
        return results.of(stored, summary, next);
    }

    /// What the gates say of it now, where the approval stands and what to do next.
    public RunResult status(ChangeSetId id, Principal caller) {
        return results.of(changeSet(id), List.of(), List.of());
    }

    /// One gate's verdict on a stored change set.
    public RunResult.GatePart judge(GateId gate, ChangeSetId id, Principal caller) {
        return results.verdicts(changeSet(id))
                .of(gate)
                .map(RunResult.GatePart::of)
                .orElseThrow(() -> new IllegalStateException(gate + " has no verdict on " + id));
    }

    /// One gate's verdict on files that are not stored.
    public RunResult.GatePart judge(
            GateId gate,
            Artifacts artifacts,
            Environment environment,
            Principal caller,
            Progress progress) {
        ChangeSet unstored =
                freezer.freeze(
                        new Origin.Submitted(),
                        artifacts,
                        null,
                        Target.of(environment, new StackName("inline/" + environment)),
                        requester(caller),
                        "inline",
                        List.of());
        return RunResult.GatePart.of(gates.judge(gate, unstored, progress));
    }

    /// @throws InvalidInput where there is no such change set
    public ChangeSet changeSet(ChangeSetId id) {
        return changeSets
                .find(id)
                .orElseThrow(() ->
                        new InvalidInput(
                                "change_set_id",
                                "there is no change set " + id,
                                "Use the id from the answer that made it, or list them."));
    }

    /// The newest first, of all stacks or of one.
    public List<ChangeSetStore.Summary> list(@Nullable StackName stack, int limit) {
        return stack == null ? changeSets.newest(limit) : changeSets.ofStack(stack, limit);
    }

    /// Everything that a page shows of a change set.
    public ChangeSetView view(ChangeSetId id) {
        return results.view(changeSet(id));
    }

    /// The policy in force.
    public ApprovalPolicy policy() {
        return policy;
    }

    private static Requester requester(Principal caller) {
        return new Requester(
                caller.actor(), caller.person() == null ? null : caller.person().toString());
    }
}
