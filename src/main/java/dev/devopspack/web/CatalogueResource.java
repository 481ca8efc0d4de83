package dev.devopspack.web;

import dev.devopspack.change.GateId;
import dev.devopspack.manager.Catalogue;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Severity;
import dev.devopspack.web.guard.Access;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What there is: read from the objects that do the work, so that it cannot say anything else.
@Path("/catalogue")
@Singleton
@RunOnVirtualThread
public class CatalogueResource {

    /// A page of a list that is searched, not read.
    private static final int PAGE = 50;

    private static final CataloguePage.AgentCard MANAGER =
            new CataloguePage.AgentCard(
                    Catalogue.MANAGER,
                    "Takes every request, leads it to the agent that it is for and says why, runs"
                            + " several tasks as one, and refuses what no agent does.",
                    List.of());

    private final Catalogue catalogue;
    private final RuleCatalog rules;
    private final Shells shells;

    CatalogueResource(Catalogue catalogue, RuleCatalog rules, Shells shells) {
        this.catalogue = catalogue;
        this.rules = rules;
        this.shells = shells;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance overview(
            @QueryParam("q") @DefaultValue("") String typed,
            @QueryParam("from") @DefaultValue("0") int from) {
        List<Rule> found = RuleSearch.find(rules.rules(), typed);
        int start = Math.clamp(from, 0, found.size());
        int end = Math.min(start + PAGE, found.size());
        return Pages.catalogue(
                shells.of("Catalogue"),
                new CataloguePage(
                        headline(),
                        Stream.concat(
                                        Stream.of(MANAGER),
                                        catalogue.agents().stream().map(CatalogueResource::card))
                                .toList(),
                        Arrays.stream(GateId.values())
                                .map(gate ->
                                        new CataloguePage.GateRow(
                                                gate.id(), gate.title(), GateWords.opens(gate)))
                                .toList(),
                        typed,
                        found.size() == 1 ? "1 rule" : found.size() + " rules",
                        found.subList(start, end).stream().map(CatalogueResource::row).toList(),
                        end < found.size() ? more(typed, end) : null));
    }

    private String headline() {
        long capabilities =
                catalogue.agents().stream().mapToLong(a -> a.capabilities().size()).sum();
        return "The manager, "
                + catalogue.agents().size()
                + " agents with "
                + capabilities
                + " capabilities, "
                + GateId.values().length
                + " gates, "
                + rules.size()
                + " rules.";
    }

    private static String more(String typed, int from) {
        return "/catalogue?q="
                + URLEncoder.encode(typed, StandardCharsets.UTF_8)
                + "&from="
                + from
                + "#rules";
    }

    private static CataloguePage.AgentCard card(Catalogue.Agent agent) {
        return new CataloguePage.AgentCard(
                agent.name(),
                agent.description(),
                agent.capabilities().stream().map(Catalogue.CapabilityEntry::name).toList());
    }

    private static CataloguePage.RuleRow row(Rule rule) {
        return new CataloguePage.RuleRow(
                rule.id(), rule.title(), pill(rule.severity()), rule.subjects().getFirst());
    }

    @GET
    @Path("agents/{name}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance agent(@PathParam("name") String name) {
        if (name.equals(Catalogue.MANAGER)) {
            return Pages.catalogueAgent(shells.of(name), manager());
        }
        Catalogue.Agent agent =
                catalogue
                        .agent(name)
                        .orElseThrow(() -> missing("agent", "there is no agent of this name"));
        return Pages.catalogueAgent(
                shells.of(agent.name()),
                new CataloguePage.AgentPage(
                        agent.name(),
                        "Asked with tasks of the type "
                                + agent.taskType()
                                + ", or as the MCP tool"
                                + " of this name.",
                        agent.description(),
                        catalogue.may(agent.name()),
                        agent.capabilities().stream()
                                .map(capability -> ability(agent, capability))
                                .toList(),
                        List.of()));
    }

    private CataloguePage.AgentPage manager() {
        return new CataloguePage.AgentPage(
                MANAGER.name(),
                "Asked with a task of any type, with up to ten tasks, or with a request in plain"
                        + " language, through every door; as the MCP tool of this name too.",
                MANAGER.description(),
                catalogue.may(MANAGER.name()),
                List.of(),
                catalogue.refused().stream()
                        .map(each ->
                                new CataloguePage.Refused(
                                        each.id(),
                                        each.title(),
                                        CataloguePage.Piece.of(each.why()),
                                        CataloguePage.Piece.of(each.instead())))
                        .toList());
    }

    private static CataloguePage.Ability ability(
            Catalogue.Agent agent, Catalogue.CapabilityEntry capability) {
        return new CataloguePage.Ability(
                capability.name(),
                capability.description(),
                capability.targetsEnvironment()
                        ? "Its outcome is for an environment, whose approval applies."
                        : "Its outcome is for no environment, so nobody has to approve it.",
                SchemaRows.of(capability.inputSchema()),
                capability.task(),
                "/try?agent=" + agent.name() + "&capability=" + capability.name());
    }

    @GET
    @Path("gates/{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance gate(@PathParam("id") String id) {
        GateId gate =
                GateId.find(id).orElseThrow(() -> missing("gate", "there is no gate of this id"));
        return Pages.catalogueGate(
                shells.of(gate.id()),
                new CataloguePage.GatePage(
                        gate.id(),
                        gate.title(),
                        gate.toolName(),
                        GateWords.opens(gate),
                        GateWords.counts(gate)));
    }

    @GET
    @Path("rules/{id}")
    @Produces(MediaType.TEXT_HTML)
    @RolesAllowed(Access.PERSON)
    public TemplateInstance rule(@PathParam("id") String id) {
        Rule rule =
                rules.find(id).orElseThrow(() -> missing("rule", "there is no rule of this id"));
        return Pages.catalogueRule(
                shells.of(rule.id()),
                new CataloguePage.RulePage(
                        rule.id(),
                        rule.title(),
                        pill(rule.severity()),
                        rule.severity().weight(),
                        rule.why(),
                        rule.subjects(),
                        rule.applicability().map(Rule.Expression::text).orElse(null),
                        rule.requires().text(),
                        rule.mend(),
                        FindingViews.link(rule.source()),
                        ids(rule.controls()),
                        ids(rule.aliases()),
                        rule.examples().stream().map(CatalogueResource::example).toList()));
    }

    private static List<CataloguePage.Ids> ids(Map<String, List<String>> named) {
        return named.entrySet().stream()
                .map(entry ->
                        new CataloguePage.Ids(entry.getKey(), String.join(", ", entry.getValue())))
                .toList();
    }

    private static CataloguePage.Example example(Rule.Example example) {
        return example.passes()
                ? new CataloguePage.Example("Holds", Pill.GOOD, example.text(), List.of())
                : new CataloguePage.Example(
                        "Does not hold", Pill.BAD, example.text(), example.findings());
    }

    private static Pill pill(Severity severity) {
        return new Pill(severity.label(), FindingViews.tone(severity));
    }

    private static Conflict missing(String where, String problem) {
        return Conflict.missing(where, problem, "Look for it at /catalogue.");
    }
}
