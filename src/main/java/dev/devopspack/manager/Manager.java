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
import dev.devopspack.intake.Tasks;
import dev.devopspack.manager.draft.Draft;
import dev.devopspack.manager.run.Run;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.manager.run.RunStep;
import dev.devopspack.specialist.Capability;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The flow of a request: read, route, perform, freeze as a change set, judge, ask, remember.
@ApplicationScoped
public class Manager {

    private final Door door;
    private final Standstill standstill;
    private final Routes routes;
    private final Inputs inputs;
    private final Runs runs;
    private final Watching watching;
    private final Reports reports;
    private final Plans plans;
    private final Freezer freezer;
    private final Gates gates;
    private final Ledger ledger;
    private final SecretDesk secrets;
    private final Results results;
    private final KnownChangeSets changeSets;
    private final ApprovalPolicy policy;

    Manager(
            Door door,
            Standstill standstill,
            Routes routes,
            Inputs inputs,
            Runs runs,
            Watching watching,
            Reports reports,
            Plans plans,
            Freezer freezer,
            Gates gates,
            Ledger ledger,
            SecretDesk secrets,
            Results results,
            KnownChangeSets changeSets,
            ApprovalPolicy policy) {
        this.door = door;
        this.standstill = standstill;
        this.routes = routes;
        this.inputs = inputs;
        this.runs = runs;
        this.watching = watching;
        this.reports = reports;
        this.plans = plans;
        this.freezer = freezer;
        this.gates = gates;
        this.ledger = ledger;
        this.secrets = secrets;
        this.results = results;
        this.changeSets = changeSets;
        this.policy = policy;
    }

    /// Runs a task, or several as one run.
    ///
    /// One is done when this returns. Several are done by whichever process is there, also after a
    /// kill: the answer is the whole run where it ends within {@link Runs#PATIENCE}, else what is
    /// done so far with the id to ask for.
    ///
    /// @param document one task or a list of them, in YAML or JSON
    /// @param client the software that asks, as it names itself: a claim
    /// @throws InvalidInput where a task cannot be understood or asks for what no agent does; then
    ///   nothing is stored
    public RunResult run(String document, Principal caller, String client, Progress progress) {
        progress.step(0, "reading the task");
        Tasks tasks = TaskReader.readAll(document);
        tasks.list().forEach(task -> admit(null, task, caller, client));
        if (!tasks.several()) {
            TaskDocument task = tasks.list().getFirst();
            door.admit(task, routes.judgedInputs(task.task()), caller, client);
            return perform(new Order(task, caller, client, Milestones.NONE), progress);
        }
        Run run = queued(tasks, document, caller, client);
        return reports.of(runs.await(run.id(), progress));
    }

    /// Begins a task, or several, for somebody who does not wait for them.
    ///
    /// @throws InvalidInput as {@link #run(String, Principal, String, Progress)} does; then nothing
    ///   is stored
    public Begun begin(String document, Principal caller, String client) {
        Tasks tasks = TaskReader.readAll(document);
        if (!tasks.several() && !routes.judgedInputs(tasks.list().getFirst().task()).isEmpty()) {
            return new Begun.Done(run(document, caller, client, Progress.NONE));
        }
        tasks.list().forEach(task -> admit(null, task, caller, client));
        return new Begun.Queued(queued(tasks, document, caller, client).id());
    }

    private Run queued(Tasks tasks, String document, Principal caller, String client) {
        tasks.list().forEach(task -> door.admit(task, caller, client));
        tasks.list().forEach(task -> check(task, caller, client));
        return runs.start(document, tasks.list().size(), caller, client);
    }

    /// A run for the person who asked for it, himself or through a token of his.
    ///
    /// @return nothing where there is no such run, or somebody else asked for it
    public Optional<Watched> watch(RunId id, Principal reader) {
        return runs.lookFor(id)
                .filter(run -> run.caller().person() != null)
                .filter(run -> Objects.equals(run.caller().person(), reader.person()))
                .map(run -> new Watched(run.document(), reports.of(run), watching.of(id)));
    }

    /// What a run came to so far.
    ///
    /// @throws InvalidInput where there is no such run
    public RunResult run(RunId id) {
        return reports.of(runs.find(id));
    }

    /// Does what is left of a run, step by step. A step that a killed process was in the middle of
    /// is done again from its beginning: nothing of it was kept. Whether the caller may still ask
    /// for it is looked at before each.
    public void work(RunId id) {
        Run run = runs.find(id);
        List<TaskDocument> tasks = TaskReader.readAll(run.document()).list();
        for (RunStep step : run.steps()) {
            if (!step.ended()) {
                TaskDocument task = tasks.get(step.position());
                Milestones milestones = runs.milestones(run, step.position());
                runs.endingEachWay(
                        run,
                        step.position(),
                        () -> {
                            Principal caller = runs.callerNow(run, task.task().type());
                            Order order = new Order(task, caller, run.client(), milestones);
                            watching.during(id, progress -> perform(order, progress));
                        });
            }
        }
    }

    /// Before a run starts: who does each task, and whether its input can be read.
    private void check(TaskDocument task, Principal caller, String client) {
        if (destination(task) instanceof Destination.Found found) {
            admit(found.specialist().agent(), task, caller, client);
            if (!task.task().input().isEmpty()) {
                try {
                    found.capability().read(task.task().input());
                } catch (InvalidInput refused) {
                    throw task.located(refused, exampleOf(found));
                }
            }
        }
    }

    /// @throws Paused where an admin has paused this agent, this environment or everything
    private void admit(@Nullable String agent, TaskDocument task, Principal caller, String client) {
        standstill.admit(agent, task.task().environment(), task.task().type(), caller, client);
    }

    /// The flow of one task: route, perform, freeze, judge, store.
    private RunResult perform(Order order, Progress progress) {
        return switch (destination(order.task())) {
            case Destination.AskBack back -> kept(order, null, back.question());
            case Destination.Found found -> perform(order, found, progress);
        };
    }

    private RunResult perform(Order order, Destination.Found found, Progress progress) {
        admit(found.specialist().agent(), order.task(), order.caller(), order.client());
        Inputs.Filled filled = filled(order, found);
        ledger.received(order, found, filled);
        progress.step(1, found.specialist().agent() + " writes the files");
        return switch (outcome(filled, found)) {
            case Outcome.Proposal proposal -> proposed(proposal, order, found, filled, progress);
            case Outcome.Report report -> kept(order, found, Results.report(report));
            case Outcome.InputRequired required ->
                    kept(
                            order,
                            found,
                            Results.inputRequired(
                                    required, found.by().map(Routes::explained).orElse(null)));
            case Outcome.SecretAsked asked -> secrets.ask(asked, order, found);
            case Outcome.SecretLookedUp lookedUp ->
                    kept(order, found, secrets.lookUp(lookedUp, order));
        };
    }

    private Destination destination(TaskDocument task) {
        try {
            return routes.of(task.task());
        } catch (InvalidInput refused) {
            throw task.located(refused, TaskReader.EXAMPLE);
        }
    }

    /// What a model wrote comes in by the same door as a caller's own input.
    private Inputs.Filled filled(Order order, Destination.Found found) {
        Inputs.Filled filled = inputs.of(order.task(), found);
        if (filled instanceof Inputs.Filled.Ready ready && ready.writtenBy().isPresent()) {
            door.admit(
                    ready.task(),
                    found.capability().judgedInputs(),
                    order.caller(),
                    order.client());
        }
        return filled;
    }

    private static Outcome outcome(Inputs.Filled filled, Destination.Found found) {
        return switch (filled) {
            case Inputs.Filled.Required required -> required.missing();
            case Inputs.Filled.Ready ready -> {
                try {
                    yield perform(found.capability(), ready.task());
                } catch (InvalidInput refused) {
                    throw ready.task().located(refused, exampleOf(found));
                }
            }
        };
    }

    private static <I extends Record> Outcome perform(Capability<I> capability, TaskDocument task) {
        I input = capability.read(task.task().input());
        return capability.perform(input, new Work(task.task().environment(), task.task().stack()));
    }

    private RunResult kept(Order order, Destination.@Nullable Found found, RunResult result) {
        ledger.remember(order, found, result);
        return result;
    }

    private static String exampleOf(Destination.Found found) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("type", found.specialist().taskType().value());
        inner.put("capability", found.capability().name());
        inner.put("input", found.capability().example());
        return Json.pretty(Map.of("task", inner));
    }

    private RunResult proposed(
            Outcome.Proposal proposal,
            Order order,
            Destination.Found found,
            Inputs.Filled filled,
            Progress progress) {
        TaskDocument task =
                filled instanceof Inputs.Filled.Ready ready ? ready.task() : order.task();
        Environment environment = environment(proposal, task, found);
        // Files may go to an environment that the task does not name.
        standstill.admit(
                found.specialist().agent(),
                environment,
                task.task().type(),
                order.caller(),
                order.client());
        ChangeSet changeSet =
                freezer.freeze(
                        new Origin.Generated(
                                found.specialist().agent(),
                                found.capability().name(),
                                proposal.catalogue(),
                                Provenance.writtenBy(filled)
                                        .map(Draft.Written::model)
                                        .orElse(null)),
                        proposal.artifacts(),
                        null,
                        Target.of(environment, proposal.stack()),
                        requester(order.caller()),
                        order.client(),
                        Provenance.claims(proposal, order, filled));
        Verdicts verdicts = gates.judge(changeSet, progress);
        progress.step(5, "storing");
        List<String> summary = Provenance.summary(proposal, found, filled);
        ChangeSet stored =
                ledger.remember(changeSet, verdicts, order, found, summary, proposal.next());
        return results.of(stored, summary, proposal.next());
    }

    /// The strictest of those that the files act on; none where the capability acts on none.
    private @Nullable Environment environment(
            Outcome.Proposal proposal, TaskDocument task, Destination.Found found) {
        if (!found.capability().targetsEnvironment()) {
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
                    exampleOf(found));
        }
        return task.task().environment();
    }

    /// Freezes files that the caller wrote and judges them like our own.
    ///
    /// @throws InvalidInput where the files or the plan cannot be taken; then nothing is stored
    public RunResult submit(
            Submission submission, Principal caller, String client, Progress progress) {
        progress.step(0, "reading the files");
        standstill.admit(null, submission.environment(), null, caller, client);
        door.admit(submission, caller, client);
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
        ChangeSet stored =
                door.admitAuthors(
                        changeSet,
                        submission,
                        () -> {
                            Verdicts verdicts = gates.judge(changeSet, progress);
                            progress.step(5, "storing");
                            return ledger.remember(
                                    changeSet, verdicts, caller, submission.authors());
                        },
                        caller,
                        client);
        return results.of(stored, summary, List.of());
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
        standstill.admit();
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
        return changeSets.newest(stack, limit);
    }

    /// Everything that a page shows of a change set.
    public ChangeSetView view(ChangeSetId id) {
        return results.view(changeSet(id));
    }

    private static Requester requester(Principal caller) {
        return new Requester(
                caller.actor(), caller.person() == null ? null : caller.person().toString());
    }
}
