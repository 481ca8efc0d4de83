package dev.devopspack.attack;

import dev.devopspack.attack.Attack.Call;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Over the wire: targets, names, origins, framing, tokens, and the protocol of tools.
final class TransportAttacks {

    private static final String FAMILY = "transport and protocol";

    private final Site site;
    private final String viewer;
    private final List<Attack> attacks = new ArrayList<>();

    /// @param viewer a token that may only look
    TransportAttacks(Site site, String viewer) {
        this.site = site;
        this.viewer = viewer;
    }

    List<Attack> all() {
        targets();
        names();
        origins();
        framing();
        tokens();
        protocol();
        return attacks;
    }

    private void targets() {
        Call twin = () -> site.raw(get("/q/health/live", site.host()), "");
        for (String target :
                List.of(
                        "//q/health/live",
                        "/assets/../q/health/live",
                        "/assets/%2e%2e/q/health/live",
                        "/q/%68ealth/live",
                        "/q/health/live;a=1",
                        "/q/health/live/",
                        "http://evil.example/q/health/live",
                        "/q%2fhealth/live",
                        "/q\\health\\live")) {
            add("the target " + target, () -> site.raw(get(target, site.host()), ""), twin);
        }
    }

    private void names() {
        Call twin = () -> site.raw(get("/q/health/live", site.host()), "");
        for (String host :
                List.of(
                        "evil.example",
                        "localhost.evil.example",
                        "localhost:1",
                        "localhost:" + site.address().getPort() + ".evil.example")) {
            add("the host " + shown(host), () -> site.raw(get("/q/health/live", host), ""), twin);
        }
        add(
                "two hosts",
                () -> site.raw(get("/q/health/live", site.host()) + "\r\nHost: evil.example", ""),
                twin);
    }

    /// The port is another one every time.
    private String shown(String name) {
        return name.replace(":" + site.address().getPort(), ":PORT");
    }

    private void origins() {
        Call twin = () -> signIn("Origin: http://" + site.host());
        for (String origin :
                List.of(
                        "null",
                        "http://evil.example",
                        "https://" + site.host(),
                        "http://" + site.host() + ".evil.example")) {
            add("a page of " + shown(origin), () -> signIn("Origin: " + origin), twin);
        }
        add("a form without an origin", () -> signIn("X-Nothing: 1"), twin);
    }

    private Attack.Answer signIn(String header) throws Exception {
        return site.raw(
                "POST /sign-in/options HTTP/1.1\r\nHost: "
                        + site.host()
                        + "\r\nX-DevOps-Pack: page\r\nSec-Fetch-Site: same-origin\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n"
                        + header,
                "{}");
    }

    private void framing() {
        String body = "{\"files\":[{\"name\":\"a.md\",\"content\":\"a\"}]}";
        Call twin = () -> site.raw(scan("Content-Length: " + body.length()), body);
        add(
                "two lengths",
                () -> site.raw(scan("Content-Length: 4\r\nContent-Length: " + body.length()), body),
                twin);
        add(
                "a length and chunks",
                () ->
                        site.raw(
                                scan("Content-Length: 5\r\nTransfer-Encoding: chunked"),
                                "0\r\n\r\nGET /audit HTTP/1.1\r\n\r\n"),
                twin);
        add("more than fits", () -> site.raw(scan("Content-Length: 99000000"), body), twin);
        add("a length below zero", () -> site.raw(scan("Content-Length: -1"), body), twin);
        add(
                "an unknown method",
                () -> site.raw(get("/q/health/live", site.host()).replace("GET ", "TRACE "), ""),
                () -> site.raw(get("/q/health/live", site.host()), ""));
        add(
                "a header of a megabyte",
                () ->
                        site.raw(
                                get("/q/health/live", site.host())
                                        + "\r\nX-Long: "
                                        + "a".repeat(1_000_000),
                                ""),
                () -> site.raw(get("/q/health/live", site.host()) + "\r\nX-Long: a", ""));
    }

    private void tokens() {
        String path = "/api/v1/change-sets";
        Call twin = () -> site.get(path, site.token());
        add("no token", () -> site.get(path, ""), twin);
        add("a token that nobody was given", () -> site.get(path, "dpk_" + "a".repeat(43)), twin);
        add("a token with one letter changed", () -> site.get(path, changed(site.token())), twin);
        add("a token in the address", () -> site.get(path + "?token=" + site.token(), ""), twin);
        add(
                "two tokens",
                () ->
                        site.raw(
                                get(path, site.host())
                                        + bearer(site.token())
                                        + bearer(site.token()),
                                ""),
                () -> site.raw(get(path, site.host()) + bearer(site.token()), ""));
        add(
                "a token as a session",
                () ->
                        site.raw(
                                get(path, site.host())
                                        + "\r\nCookie: devops-pack-session="
                                        + site.token(),
                                ""),
                () -> site.raw(get(path, site.host()) + bearer(site.token()), ""));
        add(
                "a task by somebody who may only look",
                () -> Site.answered(site.post("/api/v1/tasks", "application/yaml", TASK, viewer)),
                () -> site.task(TASK));
        add(
                "the log by somebody who is no auditor",
                () -> site.get("/api/v1/audit/export", viewer),
                () -> site.get(path, viewer));
        add(
                "the meters without a token",
                () -> site.get("/q/metrics", ""),
                () -> site.get("/q/metrics", viewer));
    }

    private void protocol() {
        JsonObject nothing = new JsonObject();
        Call twin = () -> site.mcp("tools/list", nothing);
        add("a list of tools without a token", () -> site.rpc(LIST, ""), twin);
        add("a message that is no JSON", () -> site.rpc("{\"jsonrpc\":", site.token()), twin);
        add("a method that is not there", () -> site.mcp("approvals/decide", nothing), twin);
        add(
                "a tool that decides",
                () -> call("approval_decide", Map.of("decision", "APPROVE")),
                () -> call("change_set_list", Map.of()));
        add(
                "an argument of another type",
                () -> call("change_set_list", Map.of("limit", "many")),
                () -> call("change_set_list", Map.of("limit", 1)));
        add(
                "an argument that is not there",
                () -> call("change_set_status", Map.of("id", "cs-aaaaaaaaaaaaaaaa")),
                () -> call("change_set_list", Map.of()));
        add(
                "a resource outside of the catalogue",
                () -> site.mcp("resources/read", new JsonObject().put("uri", "file:///etc/passwd")),
                () ->
                        site.mcp(
                                "resources/read",
                                new JsonObject().put("uri", "devops://catalogue")));
    }

    private Attack.Answer call(String tool, Map<String, Object> arguments) throws Exception {
        return site.mcp(
                "tools/call",
                new JsonObject().put("name", tool).put("arguments", new JsonObject(arguments)));
    }

    private void add(String name, Call tried, Call twin) {
        attacks.add(new Attack(FAMILY, name, tried, twin));
    }

    private static String get(String target, String host) {
        return "GET " + target + " HTTP/1.1\r\nHost: " + host;
    }

    private String scan(String header) {
        return "POST /api/v1/scan HTTP/1.1\r\nHost: "
                + site.host()
                + "\r\nContent-Type: application/json"
                + bearer(site.token())
                + "\r\n"
                + header;
    }

    private static String bearer(String token) {
        return "\r\nAuthorization: Bearer " + token;
    }

    private static String changed(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
    }

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

    /// What costs little and is kept.
    static final String TASK =
            "task: {type: devops.incident_runbook, input: {incident_type: disk_full, services: [api]}}";
}
