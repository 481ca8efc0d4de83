package dev.devopspack.web;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.manager.Begun;
import dev.devopspack.manager.Catalogue;
import dev.devopspack.manager.Manager;
import dev.devopspack.manager.RunResult;
import dev.devopspack.manager.Watched;
import dev.devopspack.manager.run.RunId;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.web.guard.Access;
import dev.devopspack.web.guard.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The editor page: runs a task as the signed-in person, scans a pasted file.
@Path("/")
@Singleton
@RunOnVirtualThread
public class TryItResource {

    private static final String EXAMPLE_FILE =
            """
            resource "aws_security_group" "web" {
              name = "web"

              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            """;

    private static final String NOTE =
            "You ask, so somebody else decides: nobody approves what was asked for in his name.";

    private static final String CLIENT = "the page";

    /// What most people come for, in this order; named by what comes out.
    private static final Map<Chosen, String> BEGINNINGS = beginnings();

    private static final String FIRST_AGENT = "devops_terraform";
    private static final String FIRST_CAPABILITY = "configuration_generation";

    private final Catalogue catalogue;
    private final Manager manager;
    private final Scan scan;
    private final Shells shells;
    private final Caller caller;

    TryItResource(Catalogue catalogue, Manager manager, Scan scan, Shells shells, Caller caller) {
        this.catalogue = catalogue;
        this.shells = shells;
        this.caller = caller;
        this.manager = manager;
        this.scan = scan;
    }

    @GET
    @Path("try")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_REQUESTER)
    public TemplateInstance editor(
            @QueryParam("run") @Nullable String run,
            @QueryParam("agent") @DefaultValue(FIRST_AGENT) String agent,
            @QueryParam("capability") @DefaultValue(FIRST_CAPABILITY) String capability) {
        Chosen chosen = new Chosen(agent, capability);
        String task =
                run == null
                        ? example(chosen)
                        : watched(run).map(Watched::document).orElseGet(() -> example(chosen));
        return page(task, chosen, "main.tf", EXAMPLE_FILE, null, null, null);
    }

    /// The capability whose example the editor begins with.
    private record Chosen(String agent, String capability) {
        static final Chosen FIRST = new Chosen(FIRST_AGENT, FIRST_CAPABILITY);
    }

    private static Map<Chosen, String> beginnings() {
        Map<Chosen, String> all = new LinkedHashMap<>();
        all.put(Chosen.FIRST, "EKS cluster with Terraform");
        all.put(new Chosen("devops_cicd", "pipeline_generation"), "CI/CD pipeline");
        all.put(new Chosen("devops_incident_response", "runbook_generation"), "Incident runbook");
        return all;
    }

    private String example(Chosen chosen) {
        return catalogue.task(chosen.agent(), chosen.capability()).orElse("task:\n  type: \n");
    }

    @POST
    @Path("try")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_REQUESTER)
    @Produces(MediaType.TEXT_HTML)
    public Response run(
            @FormParam("task") @DefaultValue("") String typed,
            @FormParam("agent") @DefaultValue(FIRST_AGENT) String agent,
            @FormParam("capability") @DefaultValue(FIRST_CAPABILITY) String capability) {
        Chosen chosen = new Chosen(agent, capability);
        String task = typed.replace("\r\n", "\n");
        try {
            return switch (manager.begin(task, caller.principal(), CLIENT)) {
                case Begun.Queued queued ->
                        Response.seeOther(URI.create("/runs/" + queued.run())).build();
                case Begun.Done done -> Response.ok(judged(task, chosen, done.result())).build();
            };
        } catch (InvalidInput refused) {
            return Response.ok(refused(task, chosen, Problem.of(refused))).build();
        }
    }

    /// Back in the editor, with the task as it was typed.
    private TemplateInstance refused(String task, Chosen chosen, Problem problem) {
        return page(task, chosen, "main.tf", EXAMPLE_FILE, problem, null, null);
    }

    /// Files that came with the task were judged and forgotten: what is said of them is shown once.
    private TemplateInstance judged(String task, Chosen chosen, RunResult result) {
        if (result.missing() != null) {
            return refused(task, chosen, RunPages.missing(result.summary(), result.next()));
        }
        List<RunPage.Step> said =
                result.summary().stream()
                        .map(line -> new RunPage.Step("✓", "done", Pill.GOOD, line, null))
                        .toList();
        return Pages.run(
                shells.of("Run"),
                new RunPage(
                        "/try",
                        "/try",
                        "Done",
                        String.join(" ", result.next()),
                        1,
                        1,
                        said,
                        true,
                        null,
                        null));
    }

    @GET
    @Path("runs/{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_REQUESTER)
    public TemplateInstance progress(@PathParam("id") String id) {
        return watched(id)
                .map(run -> Pages.run(shells.of("Run"), RunPages.of(new RunId(id), run)))
                .orElseThrow(() ->
                        Conflict.missing(
                                "run",
                                "you asked for no such run, or it is forgotten",
                                "What it made is in the list of change sets."));
    }

    private Optional<Watched> watched(String id) {
        try {
            return manager.watch(new RunId(id), caller.principal());
        } catch (InvalidInput _) {
            return Optional.empty();
        }
    }

    @POST
    @Path("try/scan")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_REQUESTER)
    public TemplateInstance scan(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("text") @DefaultValue("") String text) {
        try {
            String plain = text.replace("\r\n", "\n");
            ScanResult result = scan.of(Artifacts.of(Artifact.of(name.strip(), plain)));
            return page(example(Chosen.FIRST), Chosen.FIRST, name, text, null, null, shown(result));
        } catch (InvalidInput refused) {
            return page(
                    example(Chosen.FIRST),
                    Chosen.FIRST,
                    name,
                    text,
                    null,
                    Problem.of(refused),
                    null);
        }
    }

    private static TryIt.ScanResult shown(ScanResult result) {
        int findings = result.findings().size();
        StringBuilder headline = new StringBuilder();
        headline.append(findings == 1 ? "1 finding" : findings + " findings");
        headline.append(" in ")
                .append(result.resources())
                .append(result.resources() == 1 ? " resource" : " resources");
        if (!result.unreadable().isEmpty()) {
            headline.append("; not readable: ").append(result.unreadable().getFirst().text());
        }
        return new TryIt.ScanResult(headline.toString(), FindingViews.of(result.findings(), null));
    }

    private TemplateInstance page(
            String task,
            Chosen chosen,
            String name,
            String text,
            @Nullable Problem error,
            @Nullable Problem scanError,
            TryIt.@Nullable ScanResult result) {
        return Pages.tryIt(
                shells.of("Try it"),
                new TryIt(
                        task,
                        BEGINNINGS.entrySet().stream()
                                .map(each -> example(each.getKey(), each.getValue(), chosen))
                                .toList(),
                        more(chosen),
                        chosen.agent(),
                        chosen.capability(),
                        help(chosen),
                        NOTE,
                        name,
                        text,
                        error,
                        scanError,
                        result));
    }

    private List<TryIt.Example> more(Chosen chosen) {
        return catalogue.agents().stream()
                .flatMap(agent ->
                        agent.capabilities().stream()
                                .map(capability -> new Chosen(agent.name(), capability.name())))
                .filter(each -> !BEGINNINGS.containsKey(each))
                .map(each -> example(each, each.capability().replace('_', ' '), chosen))
                .toList();
    }

    private static TryIt.Example example(Chosen each, String title, Chosen chosen) {
        return new TryIt.Example(
                each.agent(),
                title,
                "/try?agent=" + each.agent() + "&capability=" + each.capability(),
                each.equals(chosen));
    }

    private @Nullable String help(Chosen chosen) {
        return catalogue
                .task(chosen.agent(), chosen.capability())
                .map(known -> "/catalogue/agents/" + chosen.agent() + "#" + chosen.capability())
                .orElse(null);
    }
}
