package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.GateId;
import dev.devopspack.web.guard.Realm;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Renders the templates without a server. The pages stay under `target/pages` to be looked at.
class PagesTest {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates");
    private static final Path OUT = Path.of("target/pages");
    private static final Engine ENGINE = engine();

    private record Sample(String name, String template, Shell shell, Object page) {}

    @TestFactory
    Stream<DynamicTest> aPageIsOneWholeDocumentWithoutInlineCode() {
        return samples().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> checkDocument(sample)));
    }

    private void checkDocument(Sample sample) throws IOException {
        String html = render(sample);
        Files.createDirectories(OUT);
        Files.writeString(OUT.resolve(sample.name() + ".html"), html);

        assertTrue(html.stripLeading().startsWith("<!doctype html>"));
        assertEquals(1, count(html, "<main "), "one main landmark");
        assertEquals(1, count(html, "<h1"), "one first heading");
        assertEquals(0, count(html, "<script>"), "no inline script");
        assertEquals(0, count(html, " style="), "no inline style");
        assertEquals(0, count(html, " onclick"), "no inline handler");
        assertFalse(html.contains("hx-on"), "no code in attributes");
        assertFalse(html.contains("{page."), "every expression was filled");
        assertEquals(ids(html).stream().distinct().toList(), ids(html), "no id twice");
    }

    @Test
    void whatCallersWroteIsShownAndNeverParsed() {
        String html =
                render(
                        new Sample(
                                "hostile",
                                "change-set",
                                SamplePages.shell("<script>alert(1)</script>", ""),
                                SamplePages.changeSet(null)));

        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(html.contains("&quot;&lt;b&gt;&amp;amp;&lt;/b&gt;&quot;"));
    }

    @Test
    void aPatchIsToldBySignsAndCopiedAsGitAppliesIt() {
        String html = changeSet();

        assertTrue(
                html.contains(
                        "<li class=\"gone\"><span class=\"sign\">-</span><code>  bucket ="
                                + " &quot;&lt;/code&gt;&lt;script&gt;alert(2)&lt;/script&gt;&quot;</code></li><li"
                                + " class=\"new\"><span class=\"sign\">+</span><code>  bucket ="
                                + " &quot;acme-logs&quot;</code></li>"),
                html);
        assertTrue(
                html.contains("data-copy=\"--- a/logs.tf\n+++ b/logs.tf\n@@ -2,2 +2,2 @@\n-"),
                html);
    }

    @Test
    void whoIsAloneIsLedToWhereApproversAreAdded() {
        assertTrue(
                changeSet()
                        .contains(
                                "Nobody else can approve in production yet. <a"
                                        + " href=\"/access#add-h\">Add an approver</a>"));
    }

    @Test
    void denyingHasItsOwnSentence() {
        assertTrue(
                changeSet()
                        .contains(
                                "<span id=\"deny-means\" hidden>You sign a no to the text above."));
    }

    private static String changeSet() {
        return render(
                new Sample(
                        "change-set",
                        "change-set",
                        SamplePages.shell("x", ""),
                        SamplePages.changeSet(null)));
    }

    @Test
    void aListThatIsCutSaysHowOlderOnesAreFound() {
        ChangeSetList all = SamplePages.changeSets();
        String whole = changeSets(all);
        String cut = changeSets(new ChangeSetList(all.rows(), "", true));
        String none = changeSets(new ChangeSetList(List.of(), "payments/<none>", false));

        assertFalse(whole.contains("Older ones"));
        assertTrue(cut.contains("These are the newest 3. Older ones are found by their stack."));
        assertTrue(none.contains("This stack has no change set."));
        assertTrue(none.contains("value=\"payments/&lt;none&gt;\""));
        assertFalse(none.contains("There is no change set yet."));
    }

    private static String changeSets(ChangeSetList page) {
        return render(
                new Sample(
                        "change-sets",
                        "change-sets",
                        SamplePages.shell("Change sets", "/change-sets"),
                        page));
    }

    @Test
    void theSignedTextStandsOnThePageCharacterForCharacter() {
        ChangeSetPage page = SamplePages.changeSet(null);

        String html = render(new Sample("signed", "change-set", SamplePages.shell("x", ""), page));

        String open = "aria-label=\"The exact text that is signed\">";
        int start = html.indexOf(open) + open.length();
        String shown = html.substring(start, html.indexOf("</pre>", start));
        assertEquals(page.signed().text(), shown);
    }

    @Test
    void theOneFileOfHtmxIsOnTheClassPath() {
        assertTrue(getClass().getResource("/META-INF/resources" + Realm.HTMX) != null);
    }

    private static List<Sample> samples() {
        return List.of(
                new Sample(
                        "overview",
                        "overview",
                        SamplePages.shell("Overview", "/"),
                        SamplePages.overview()),
                new Sample(
                        "change-sets",
                        "change-sets",
                        SamplePages.shell("Change sets", "/change-sets"),
                        SamplePages.changeSets()),
                new Sample(
                        "change-set",
                        "change-set",
                        SamplePages.shell("payments/production", "/change-sets"),
                        SamplePages.changeSet(null)),
                new Sample(
                        "approved",
                        "change-set",
                        SamplePages.shell("payments/production", "/change-sets"),
                        SamplePages.changeSet(SamplePages.approved())),
                new Sample(
                        "audit",
                        "audit",
                        SamplePages.shell("Audit", "/audit"),
                        SamplePages.audit()),
                new Sample(
                        "try-it",
                        "try-it",
                        SamplePages.shell("Try it", "/try"),
                        SamplePages.tryIt()),
                new Sample(
                        "catalogue",
                        "catalogue",
                        SamplePages.shell("Catalogue", "/catalogue"),
                        SamplePages.catalogue()),
                new Sample(
                        "catalogue-agent",
                        "catalogue-agent",
                        SamplePages.shell("devops_terraform", "/catalogue"),
                        SamplePages.agent()),
                new Sample(
                        "catalogue-gate",
                        "catalogue-gate",
                        SamplePages.shell("gate.security.infra", "/catalogue"),
                        new CataloguePage.GatePage(
                                "gate.security.infra",
                                "Security of the configuration",
                                "gate_security_infra",
                                GateWords.opens(GateId.SECURITY),
                                GateWords.counts(GateId.SECURITY))),
                new Sample(
                        "catalogue-rule",
                        "catalogue-rule",
                        SamplePages.shell("DP-AWS-EKS-001", "/catalogue"),
                        SamplePages.rule()),
                new Sample("run", "run", SamplePages.shell("Run", "/try"), SamplePages.run()),
                new Sample(
                        "access",
                        "access",
                        SamplePages.shell("Access", "/access"),
                        SamplePages.access()),
                new Sample(
                        "secrets",
                        "secrets",
                        SamplePages.shell("Secrets", "/secrets"),
                        SamplePages.secrets()),
                new Sample(
                        "secret",
                        "secret",
                        SamplePages.shell("Secret", "/secrets"),
                        SamplePages.secret()),
                new Sample(
                        "notices",
                        "notices",
                        SamplePages.shell("Notices", "/notices"),
                        SamplePages.notices()),
                new Sample(
                        "sign-in",
                        "sign-in",
                        new Shell("Sign in", null, "", List.of(), List.of()),
                        new SignIn("/", true)),
                new Sample(
                        "enrol",
                        "enrol",
                        new Shell("Enrol", null, "", List.of(), List.of()),
                        new Enrol("secret", "A. Example")),
                new Sample(
                        "error",
                        "error",
                        new Shell("Not found", null, "", List.of(), List.of()),
                        new ErrorPage(
                                404,
                                Problem.of("/x", "There is no such page", "Look at the list."))));
    }

    private static String render(Sample sample) {
        return ENGINE.getTemplate("pages/" + sample.template())
                .data("shell", sample.shell())
                .data("page", sample.page())
                .render();
    }

    private static Engine engine() {
        EngineBuilder builder =
                Engine.builder()
                        .addDefaults()
                        .addValueResolver(new ReflectionValueResolver())
                        .addResultMapper(new HtmlEscaper(List.of("text/html")))
                        .addLocator(PagesTest::locate);
        for (String tag : List.of("moment", "digest", "pill")) {
            builder.addSectionHelper(
                    new UserTagSectionHelper.Factory(tag, "tags/" + tag + ".html"));
        }
        return builder.build();
    }

    private static Optional<TemplateLocation> locate(String id) {
        Path file = TEMPLATES.resolve(id.endsWith(".html") ? id : id + ".html");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(
                new TemplateLocation() {
                    @Override
                    public java.io.Reader read() {
                        try {
                            return Files.newBufferedReader(file, StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }

                    @Override
                    public Optional<Variant> getVariant() {
                        return Optional.of(Variant.forContentType("text/html"));
                    }
                });
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<String> ids(String html) {
        return Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
