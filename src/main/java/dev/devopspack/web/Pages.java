package dev.devopspack.web;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/// The pages: each a template under `templates/pages/`, checked against its view model at build.
@CheckedTemplate(basePath = "pages", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class Pages {

    private Pages() {}

    static native TemplateInstance overview(Shell shell, Overview page);

    static native TemplateInstance changeSets(Shell shell, ChangeSetList page);

    static native TemplateInstance changeSet(Shell shell, ChangeSetPage page);

    static native TemplateInstance together(Shell shell, BatchPage page);

    static native TemplateInstance audit(Shell shell, AuditPage page);

    static native TemplateInstance tryIt(Shell shell, TryIt page);

    static native TemplateInstance run(Shell shell, RunPage page);

    static native TemplateInstance catalogue(Shell shell, CataloguePage page);

    static native TemplateInstance catalogueAgent(Shell shell, CataloguePage.AgentPage page);

    static native TemplateInstance catalogueGate(Shell shell, CataloguePage.GatePage page);

    static native TemplateInstance catalogueRule(Shell shell, CataloguePage.RulePage page);

    static native TemplateInstance signIn(Shell shell, SignIn page);

    static native TemplateInstance enrol(Shell shell, Enrol page);

    static native TemplateInstance access(Shell shell, AccessPage page);

    static native TemplateInstance pauses(Shell shell, PausesPage page);

    static native TemplateInstance notices(Shell shell, NoticesPage page);

    static native TemplateInstance waivers(Shell shell, WaiversPage page);

    static native TemplateInstance delegations(Shell shell, DelegationsPage page);

    static native TemplateInstance breakGlass(Shell shell, BreakGlassPage page);

    static native TemplateInstance secrets(Shell shell, SecretsPage page);

    static native TemplateInstance secret(Shell shell, SecretPage page);

    static native TemplateInstance error(Shell shell, ErrorPage page);
}
