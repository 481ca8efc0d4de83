package dev.devopspack.web;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.manager.Catalogue;
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
import java.util.List;
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

    private static final String FIRST_AGENT = "devops_terraform";
    private static final String FIRST_CAPABILITY = "configuration_generation";

    private final Catalogue catalogue;
    private final Runs runs;
    private final Scan scan;
    private final Shells shells;
    private final Caller caller;

    TryItResource(Catalogue catalogue, Runs runs, Scan scan, Shells shells, Caller caller) {
        this.catalogue = catalogue;
        this.shells = shells;
        this.caller = caller;
        this.runs = runs;
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
                        : runs.find(run, caller.principal())
                                .map(Run::task)
                                .orElseGet(() -> example(chosen));
        return page(task, chosen, "main.tf", EXAMPLE_FILE, null, null);
    }

    /// The capability whose example the editor begins with.
    private record Chosen(String agent, String capability) {
        static final Chosen FIRST = new Chosen(FIRST_AGENT, FIRST_CAPABILITY);
    }

    private String example(Chosen chosen) {
        return catalogue.task(chosen.agent(), chosen.capability()).orElse("task:\n  type: \n");
    }

    @POST
    @Path("try")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed(Access.PERSON_REQUESTER)
    public Response run(@FormParam("task") @DefaultValue("") String task) {
        Run run = runs.start(task.replace("\r\n", "\n"), caller.principal());
        return Response.seeOther(URI.create("/runs/" + run.id())).build();
    }

    @GET
    @Path("runs/{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON_REQUESTER)
    public TemplateInstance progress(@PathParam("id") String id) {
        return runs.find(id, caller.principal())
                .map(run -> Pages.run(shells.of("Run"), run.page()))
                .orElseThrow(() ->
                        Conflict.missing(
                                "run",
                                "this run is over and its progress is forgotten",
                                "What it made is in the list of change sets."));
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
            return page(example(Chosen.FIRST), Chosen.FIRST, name, text, null, shown(result));
        } catch (InvalidInput refused) {
            return page(example(Chosen.FIRST), Chosen.FIRST, name, text, Problem.of(refused), null);
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
            TryIt.@Nullable ScanResult result) {
        return Pages.tryIt(
                shells.of("Try it"),
                new TryIt(task, examples(chosen), help(chosen), NOTE, name, text, error, result));
    }

    private List<TryIt.Example> examples(Chosen chosen) {
        return catalogue.agents().stream()
                .flatMap(agent ->
                        agent.capabilities().stream()
                                .map(capability ->
                                        new TryIt.Example(
                                                agent.name(),
                                                capability.name().replace('_', ' '),
                                                "/try?agent="
                                                        + agent.name()
                                                        + "&capability="
                                                        + capability.name(),
                                                chosen.equals(
                                                        new Chosen(
                                                                agent.name(), capability.name())))))
                .toList();
    }

    private @Nullable String help(Chosen chosen) {
        return catalogue
                .task(chosen.agent(), chosen.capability())
                .map(known -> "/catalogue/agents/" + chosen.agent() + "#" + chosen.capability())
                .orElse(null);
    }
}
