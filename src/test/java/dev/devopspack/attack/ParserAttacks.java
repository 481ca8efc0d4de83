package dev.devopspack.attack;

import java.util.ArrayList;
import java.util.List;

/// At what reads: tasks in YAML and JSON, and files in every language.
final class ParserAttacks {

    private static final String FAMILY = "parsers";
    private static final int DEEP = 50_000;

    private final Site site;
    private final List<Attack> attacks = new ArrayList<>();

    ParserAttacks(Site site) {
        this.site = site;
    }

    List<Attack> all() {
        tasks();
        files();
        return attacks;
    }

    private void tasks() {
        String services =
                "task: {type: devops.incident_runbook, input: {incident_type: disk_full, services: %s}}";
        String json =
                "{\"task\":{\"type\":\"devops.incident_runbook\",\"input\":{\"incident_type\":\"disk_full\",\"services\":[%s]}}}";
        task("lists in lists", services.formatted("[".repeat(DEEP)), services.formatted("[api]"));
        task(
                "objects in objects",
                json.formatted("{\"a\":".repeat(DEEP)),
                json.formatted("\"api\""));
        task(
                "an alias of itself",
                services.formatted("&a [*a]"),
                services.formatted("[&a api, *a]").replace("*a", "worker"));
        task(
                "aliases of aliases",
                "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
                        + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e]\n"
                        + services.formatted("*f"),
                services.formatted("[api, worker]"));
        task(
                "a key twice",
                "{\"task\":{\"type\":\"devops.terraform\"},"
                        + json.formatted("\"api\"").substring(1),
                json.formatted("\"api\""));
        task(
                "a tag that makes objects",
                services.formatted("[!!java.net.URL ['http://evil.example']]"),
                services.formatted("['evil']"));
        task(
                "two documents",
                services.formatted("[api]") + "\n---\n" + services.formatted("[worker]"),
                services.formatted("[api]") + "\n");
        task("half of a surrogate pair", json.formatted("\"\\ud800\""), json.formatted("\"api\""));
        task("a NUL", services.formatted("[\"a\\0b\"]"), services.formatted("[\"ab\"]"));
        task(
                "a field that is not there",
                services.formatted("[api], approve: true"),
                services.formatted("[api], severity: high"));
        task(
                "a megabyte",
                services.formatted("[" + "api, ".repeat(300_000) + "]"),
                services.formatted("[api]"));
        task(
                "thousands of tasks",
                "tasks: [" + (services.formatted("[api]").substring(6) + ",").repeat(2_000) + "]",
                services.formatted("[api]"));
    }

    private void files() {
        file(
                "main.tf",
                "brackets in brackets",
                "locals {\n  a = " + "[".repeat(DEEP) + "\n}\n",
                "locals {\n  a = [[1]]\n}\n");
        file("main.tf", "blocks in blocks", "a {\n".repeat(DEEP), "locals {\n  a = 1\n}\n");
        file(
                "main.tf",
                "templates in templates",
                "locals {\n  a = " + "\"${".repeat(DEEP) + "\n}\n",
                "locals {\n  a = \"${1}\"\n}\n");
        file(
                "main.tf",
                "a heredoc without an end",
                "a = <<X\n" + "x\n".repeat(1_000),
                "a = <<X\nx\nX\n");
        file(
                "k.yaml",
                "aliases of aliases",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: &a {x: y}\n"
                        + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\n"
                        + "e: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f]\n",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: y}\n");
        file(
                "k.yaml",
                "an alias of itself",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: &a {x: *a}\n",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: y}\n");
        file(
                "k.yaml",
                "a key twice",
                "apiVersion: v1\nkind: ConfigMap\nkind: Secret\nmetadata: {name: a}\n",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        file(
                ".github/workflows/a.yml",
                "an expression without an end",
                "on: push\njobs:\n  a:\n    runs-on: ${{ "
                        + "(".repeat(DEEP)
                        + " }}\n    steps: [{run: ls}]\n",
                "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{run: ls}]\n");
    }

    private void task(String name, String tried, String twin) {
        attacks.add(
                new Attack(
                        FAMILY,
                        "a task with " + name,
                        () -> site.task(tried),
                        () -> site.task(twin)));
    }

    private void file(String file, String name, String tried, String twin) {
        attacks.add(
                new Attack(
                        FAMILY,
                        file + " with " + name,
                        () -> site.scan(file, tried),
                        () -> site.scan(file, twin)));
    }
}
