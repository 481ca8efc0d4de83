package dev.devopspack.web;

import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Filled view models: what pages look like without a server behind them.
final class SamplePages {

    private static final Instant NOW = Instant.parse("2026-07-14T10:12:00Z");

    private SamplePages() {}

    static Shell shell(String title, String current) {
        return new Shell(
                title,
                "A. Example",
                "token",
                List.of(
                        "Trial policy: one approver suffices and the printed token belongs to a trial"
                                + " person. Not for production."),
                List.of(
                        new Shell.Link("/", "Overview", current.equals("/"), 2),
                        new Shell.Link(
                                "/change-sets",
                                "Change sets",
                                current.equals("/change-sets"),
                                null),
                        new Shell.Link("/audit", "Audit", current.equals("/audit"), null),
                        new Shell.Link("/try", "Try it", current.equals("/try"), null)));
    }

    static Overview overview() {
        return new Overview(
                "Good morning, A. Example",
                "Two change sets wait for your decision.",
                FirstSteps.of(true, false, true, false),
                true,
                List.of(
                        new Overview.WaitingRow(
                                "cs-aaaaaaaaaaaaaaaa",
                                "K7-QF2",
                                "payments/production",
                                "production",
                                "first release of this stack: 50 resources · 4 IAM roles · ≈ 416 USD a"
                                        + " month",
                                List.of(),
                                "claude-code",
                                ago(4),
                                ahead(60)),
                        new Overview.WaitingRow(
                                "cs-bbbbbbbbbbbbbbbb",
                                "X2-M9R",
                                "ledger/production",
                                "production",
                                "changes 3",
                                List.of("replaces 1 database"),
                                "copilot",
                                ago(190),
                                ahead(1440))),
                List.of(row("K2-ZZ9", "search/staging", "staging", Pill.bad("gate failed"), 14)),
                List.of(
                        row(
                                "9B-HJK",
                                "payments/production",
                                "production",
                                Pill.good("consumed"),
                                300),
                        row("Q4-7TR", "web/production", "production", Pill.bad("denied"), 3000)),
                List.of(
                        Plot.of(
                                "Gates passed",
                                "92 %: 46 of 50 in 30 days",
                                LocalDate.parse("2026-07-14"),
                                day ->
                                        List.of(
                                                new Plot.Part(
                                                        day.getDayOfMonth() % 5,
                                                        Pill.GOOD,
                                                        day + ": passed"),
                                                new Plot.Part(
                                                        day.getDayOfMonth() % 7 == 0 ? 2 : 0,
                                                        Pill.BAD,
                                                        day + ": 2 failed"))),
                        Plot.of(
                                "Median time to decide",
                                "11 min: 21 decided in 30 days",
                                LocalDate.parse("2026-07-14"),
                                day ->
                                        day.getDayOfMonth() % 3 == 0
                                                ? List.of()
                                                : List.of(
                                                        new Plot.Part(
                                                                60 * (day.getDayOfMonth() % 11 + 1),
                                                                Pill.QUIET,
                                                                day + "")))),
                List.of(
                        new Overview.Number("Gates passed", "92 %", "46 of 50, 30 days", ""),
                        new Overview.Number(
                                "Median decision", "11 min", "21 decisions, 30 days", ""),
                        new Overview.Number(
                                "Audit log", "verified", "up to 12,418 · just now", "good")));
    }

    static ChangeSetList changeSets() {
        return new ChangeSetList(
                List.of(
                        row("K7-QF2", "payments/production", "production", Pill.wait("waiting"), 4),
                        row(
                                "9B-HJK",
                                "payments/production",
                                "production",
                                Pill.good("consumed"),
                                300),
                        row("K2-ZZ9", "search/staging", "staging", Pill.bad("gate failed"), 700)),
                "",
                false);
    }

    static ChangeSetPage changeSet(ChangeSetPage.@Nullable Outcome outcome) {
        Digest digest = Digest.of("a change set");
        String text = signedText();
        return new ChangeSetPage(
                "cs-aaaaaaaaaaaaaaaa",
                "payments/production",
                "production",
                Pill.BAD,
                outcome == null ? Pill.wait("waiting for 1 of 1") : Pill.good("approved"),
                "K7-QF2",
                "assistant \"claude-code\" for B. Sample",
                ago(4),
                outcome == null ? ahead(1440) : null,
                DigestMark.of(digest),
                glance(),
                outcome,
                new ChangeSetPage.Signed(
                        outcome == null ? "You sign this text" : "What was signed",
                        "Facts that the server computed. Your passkey signs the digest of exactly"
                                + " these characters.",
                        text,
                        DigestMark.of(Digest.of(text))),
                gates(),
                plan(),
                files(),
                findings(),
                new ChangeSetPage.Difference(
                        "Against the last release of this stack, 9B-HJK:",
                        List.of(
                                new ChangeSetPage.FileChange(
                                        "nodes.tf",
                                        "changed",
                                        Pill.WAIT,
                                        LineDifference.of(
                                                List.of("a = 1", "b = 2", "c = 3"),
                                                List.of("a = 1", "b = 3", "c = 3", "d = 4"))),
                                new ChangeSetPage.FileChange(
                                        "logs.tf", "new", Pill.GOOD, List.of()))),
                List.of("The cluster follows our platform guide; I kept the node count as asked."),
                List.of("c.example@example.com"),
                List.of(
                        new ChangeSetPage.Event(17, ago(4), "asked for by token trial"),
                        new ChangeSetPage.Event(18, ago(4), "stored with 11 files"),
                        new ChangeSetPage.Event(19, ago(3), "three gates passed"),
                        new ChangeSetPage.Event(20, ago(3), "a person was asked")),
                outcome == null
                        ? new ChangeSetPage.Sign(
                                "ar-1",
                                "You sign the text above, for production, usable once until 10:42"
                                        + " UTC.",
                                "You sign a no to the text above.",
                                "Nobody else can approve in production yet.",
                                true,
                                true,
                                true)
                        : null,
                outcome == null ? null : "/change-sets/cs-aaaaaaaaaaaaaaaa/evidence.zip",
                outcome == null ? "2026-08-13" : null,
                outcome == null ? "ar-1" : null);
    }

    static ChangeSetPage.Outcome approved() {
        return new ChangeSetPage.Outcome(
                "Approved: the pipeline may apply exactly these bytes, once",
                "A. Example signed it with a passkey. The grant can be used until 10:42 UTC.",
                Pill.GOOD,
                "devops-pack consume cs-aaaaaaaaaaaaaaaa --dir . --token \"$DEVOPS_PACK_TOKEN\"",
                "",
                List.of(
                        new ChangeSetPage.Pair("signed by", "A. Example"),
                        new ChangeSetPage.Pair("usable until", "2026-07-14 10:42:00 UTC"),
                        new ChangeSetPage.Pair("audit entry", "#21")),
                "/change-sets/cs-aaaaaaaaaaaaaaaa/grant");
    }

    static AuditPage audit() {
        List<AuditPage.Entry> entries = new ArrayList<>();
        for (long sequence = 21; sequence > 12; sequence--) {
            entries.add(
                    new AuditPage.Entry(
                            sequence,
                            sequence == 21 ? "approval.decided" : "change_set.stored",
                            sequence == 21
                                    ? "approved by A. Example"
                                    : "stored with 11 files for token 9f3c…",
                            sequence == 21 ? "A. Example" : "token 9f3c…",
                            sequence == 21 ? "person:7b1e…" : "token:9f3c…",
                            ago((22 - sequence) * 7),
                            List.of(
                                    new AuditPage.Fact(
                                            "changeSet",
                                            "cs-aaaaaaaaaaaaaaaa",
                                            "/change-sets/cs-aaaaaaaaaaaaaaaa",
                                            null),
                                    new AuditPage.Fact(
                                            "digest",
                                            Digest.of("x").value(),
                                            null,
                                            DigestMark.of(Digest.of("x"))),
                                    new AuditPage.Fact("environment", "production", null, null)),
                            DigestMark.of(Digest.of("leaf" + sequence)),
                            DigestMark.of(Digest.of("chain" + sequence)),
                            "{\"format\":\"devops-pack/audit/v1\",\"kind\":\"approval.decided\"}",
                            sequence == 21
                                    ? "{\"hashes\":[\"" + Digest.of("sibling") + "\"],\"size\":21}"
                                    : null,
                            sequence == 21,
                            sequence == 21));
        }
        return new AuditPage(
                new AuditPage.State(
                        "Verified up to entry 21",
                        "every hash was computed again · just now",
                        "good"),
                new AuditPage.Signed(
                        21,
                        """
                        devops-pack.example.com/audit/00c0ffee
                        21
                        wCJzX/ekP9qTYMtVB4rz4tqG48tFSj0pPz1SqVqoVyo=

                        \u2014 devops-pack.example.com/audit/00c0ffee Qy+jOVgX2UpPH8QNOWWk
                        """,
                        "devops-pack.example.com/audit/00c0ffee+432fa339+AddamAGCsQq31Uv",
                        "devops-pack.example.com/audit/00c0ffee+15a3b7c9+BkJhZGdlcnM"),
                new AuditPage.State(
                        "Witness witness.example.com/w1", "it signed the first 21 entries", "good"),
                AuditPage.Filter.NONE,
                List.of("approval.decided", "change_set.stored"),
                List.of(new AuditPage.Actor("person:7b1e", "A. Example")),
                List.of("devops_cicd", "devops_terraform"),
                entries,
                "/audit?before=13");
    }

    static TryIt tryIt() {
        return new TryIt(
                """
                task:
                  type: devops.terraform
                  input:
                    provider: "aws"
                    resources:
                      - type: "eks_clutser"
                        name: "production"
                        node_count: 3
                    environment: "production"
                """,
                List.of(
                        new TryIt.Example(
                                "devops_cicd", "pipeline generation", "/try?agent=a", false),
                        new TryIt.Example("devops_terraform", "EKS cluster", "/try?agent=b", true)),
                List.of(
                        new TryIt.Example(
                                "devops_security", "security scanning", "/try?agent=c", false)),
                "devops_terraform",
                "configuration_generation",
                "/catalogue/agents/devops_terraform#configuration_generation",
                "You ask, so somebody else decides.",
                "main.tf",
                "resource \"aws_s3_bucket\" \"logs\" {\n  bucket = \"acme-logs\"\n}\n",
                new Problem(
                        "line 6, column 15",
                        "'eks_clutser' is no resource type on offer",
                        "Use eks_cluster.",
                        "type: \"eks_cluster\"",
                        null),
                null,
                new TryIt.ScanResult("2 findings in 1 file, 14 rules looked at it", findings()));
    }

    static CataloguePage catalogue() {
        return new CataloguePage(
                "3 agents with 4 capabilities, 4 gates, 84 rules.",
                List.of(
                        new CataloguePage.AgentCard(
                                "devops_terraform",
                                "Writes Terraform modules that are safe by default, from blueprints"
                                        + " people reviewed.",
                                List.of("configuration_generation")),
                        new CataloguePage.AgentCard(
                                "devops_incident_response",
                                "Writes runbooks that an on-call engineer can follow at night.",
                                List.of("runbook_generation"))),
                List.of(
                        new CataloguePage.GateRow(
                                "gate.security.infra",
                                "Security of the configuration",
                                GateWords.opens(GateId.SECURITY)),
                        new CataloguePage.GateRow(
                                "gate.approval.production",
                                "A person's approval",
                                GateWords.opens(GateId.APPROVAL))),
                "aws_s3",
                "12 rules",
                List.of(
                        new CataloguePage.RuleRow(
                                "DP-AWS-S3-001",
                                "Buckets block public access lists",
                                Pill.bad("high"),
                                "terraform/aws_s3_bucket"),
                        new CataloguePage.RuleRow(
                                "DP-AWS-S3-009",
                                "Buckets keep versions",
                                Pill.wait("medium"),
                                "terraform/aws_s3_bucket")),
                "/catalogue?q=aws_s3&from=50#rules");
    }

    static CataloguePage.AgentPage agent() {
        return new CataloguePage.AgentPage(
                "devops_terraform",
                "Asked with tasks of the type devops.terraform, or as the MCP tool of this name.",
                "Writes Terraform modules that are safe by default.",
                List.of("write Terraform modules from reviewed blueprints"),
                List.of(
                        new CataloguePage.Ability(
                                "configuration_generation",
                                "A root module from blueprints.",
                                "Its outcome is for an environment, whose approval applies.",
                                List.of(
                                        new SchemaRows.Row(
                                                "resources",
                                                0,
                                                "list of object",
                                                true,
                                                "What to make.",
                                                "1 to 20 items",
                                                ""),
                                        new SchemaRows.Row(
                                                "node_count",
                                                1,
                                                "whole number",
                                                false,
                                                "How many nodes.",
                                                "1 to 100; else 3",
                                                "3")),
                                "task:\n  type: devops.terraform\n",
                                "/try?agent=devops_terraform")),
                List.of(
                        new CataloguePage.Refused(
                                "state-surgery",
                                "Surgery on the state",
                                CataloguePage.Piece.of("It is the only record."),
                                CataloguePage.Piece.of("Write a `removed` block."))));
    }

    static CataloguePage.RulePage rule() {
        return new CataloguePage.RulePage(
                "DP-AWS-EKS-001",
                "Kubernetes secrets of an EKS cluster are encrypted with a KMS key",
                Pill.bad("high"),
                7,
                "Whoever reads the disk of the control plane reads every secret.",
                List.of("terraform/aws_eks_cluster"),
                null,
                "'secrets' in self.each('encryption_config.resources')",
                "Add an `encryption_config` block.",
                "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
                List.of(new CataloguePage.Ids("nist-800-53", "SC-28")),
                List.of(new CataloguePage.Ids("checkov", "CKV_AWS_58")),
                List.of(
                        new CataloguePage.Example(
                                "Does not hold",
                                Pill.BAD,
                                "resource \"aws_eks_cluster\" \"this\" {\n  name = \"<a>\"\n}\n",
                                List.of("line 1: the secrets are not encrypted")),
                        new CataloguePage.Example(
                                "Holds", Pill.GOOD, "resource \"x\" \"y\" {}\n", List.of())));
    }

    static SecretsPage secrets() {
        return new SecretsPage(
                List.of(
                        new SecretsPage.RequestRow(
                                "sr-x",
                                "secret://production/payments/database#password",
                                "rotate",
                                2,
                                "made by this server and sealed at once",
                                "A. Example",
                                ago(4),
                                Pill.wait("waiting for 1 of 1"))),
                List.of(
                        new SecretsPage.VersionRow(
                                "secret://production/payments/database#password",
                                1,
                                "made by this server and sealed at once",
                                ago(3000),
                                Pill.good("in use"),
                                "")));
    }

    static SecretPage secret() {
        return new SecretPage(
                "sr-x",
                "secret://production/payments/database#password",
                Pill.wait("waiting for 1 of 1"),
                ahead(60),
                List.of(
                        new SecretPage.Fact("What", "create"),
                        new SecretPage.Fact("Recipient", "payments-cluster, sha256:3fa9")),
                "for the <b>payments</b> service",
                new SecretPage.Typing("MII=", "payments/database", "payments-cluster"),
                true,
                "nobody has typed the value yet",
                "",
                "Ask a person to type the value on the page.",
                List.of());
    }

    static NoticesPage notices() {
        return new NoticesPage(
                null,
                List.of(
                        new NoticesPage.HookRow(
                                "chat",
                                "slack",
                                "hooks.slack.com",
                                "A. Example",
                                List.of("approval.opened", "break_glass.used"))),
                List.of(
                        new NoticesPage.DeliveryRow(
                                Moment.of(NOW, NOW),
                                "chat",
                                "approval.opened",
                                4711,
                                Pill.bad("given up"),
                                16,
                                "it answered <b>503</b>")));
    }

    static AccessPage access() {
        return new AccessPage(
                new AccessPage.Shown(
                        "Your token, shown this once",
                        "dpk_sample",
                        "Keep it.",
                        List.of(new AccessPage.Paste("Claude Code", "claude mcp add"))),
                null,
                List.of(new AccessPage.PasskeyRow("c1", "laptop", ago(9_000), ago(3))),
                List.of(
                        new AccessPage.TokenRow(
                                "t1",
                                "claude-code on my laptop",
                                "B. Sample",
                                "REQUESTER, VIEWER",
                                Pill.good("usable"),
                                ahead(100_000),
                                ago(3),
                                true)),
                List.of("VIEWER", "REQUESTER", "PIPELINE"),
                List.of(
                        new AccessPage.PersonRow(
                                "p1",
                                "A. Example",
                                "ADMIN, APPROVER (approves in staging)",
                                List.of("ADMIN", "APPROVER"),
                                "staging",
                                "ada@example.com",
                                List.of(
                                        new AccessPage.PasskeyRow(
                                                "c1", "laptop", ago(9_000), ago(3))),
                                true,
                                Pill.good("active")),
                        new AccessPage.PersonRow(
                                "p2",
                                "C. Former",
                                "VIEWER",
                                List.of("VIEWER"),
                                "",
                                "",
                                List.of(),
                                false,
                                Pill.quiet("off"))),
                List.of("VIEWER", "APPROVER"),
                "http://localhost:8080/mcp");
    }

    static RunPage run() {
        return new RunPage(
                "/runs/1",
                "/try?run=1",
                "Your task runs",
                "Step 3 of 5: judging with four gates",
                3,
                5,
                List.of(
                        new RunPage.Step("✓", "done", Pill.GOOD, "read the task", null),
                        new RunPage.Step("✓", "done", Pill.GOOD, "wrote 11 files", null),
                        new RunPage.Step("→", "now", "now", "judging with four gates", null)),
                false,
                null,
                null);
    }

    private static List<ChangeSetPage.GlanceRow> glance() {
        return List.of(
                new ChangeSetPage.GlanceRow(
                        "What changes",
                        List.of(
                                new ChangeSetPage.Item(
                                        "first release of this stack: 50 resources", "")),
                        "planned offline, aws 6.66"),
                new ChangeSetPage.GlanceRow(
                        "Risks",
                        List.of(
                                new ChangeSetPage.Item("replaces 1 key", Pill.BAD),
                                new ChangeSetPage.Item("creates 4 IAM roles", Pill.WAIT),
                                new ChangeSetPage.Item("no public endpoint", Pill.QUIET)),
                        null),
                new ChangeSetPage.GlanceRow(
                        "Cost",
                        List.of(new ChangeSetPage.Item("≈ 416 USD a month, fixed parts", "")),
                        "as of 2026-07, us-east-1; 3 parts not counted"),
                new ChangeSetPage.GlanceRow(
                        "Gates",
                        List.of(
                                new ChangeSetPage.Item("security 98.2 %", Pill.GOOD),
                                new ChangeSetPage.Item("terraform 9 of 9 steps", Pill.GOOD),
                                new ChangeSetPage.Item("compliance 38 of 38", Pill.GOOD),
                                new ChangeSetPage.Item("approval waits", Pill.WAIT)),
                        null));
    }

    private static List<ChangeSetPage.GateView> gates() {
        return List.of(
                new ChangeSetPage.GateView(
                        "Security of the configuration",
                        "gate.security.infra",
                        Pill.good("passed"),
                        "98.2 % of 95 %",
                        "",
                        List.of(
                                new ChangeSetPage.CheckView(
                                        "✓", "passed", Pill.GOOD, "critical", "31 of 31"),
                                new ChangeSetPage.CheckView(
                                        "!",
                                        "unknown",
                                        Pill.WAIT,
                                        "low",
                                        "1 of 9 cannot be known")),
                        List.of(),
                        DigestMark.of(Digest.of("rules")),
                        false),
                new ChangeSetPage.GateView(
                        "Quality of the Terraform module",
                        "gate.quality.terraform",
                        Pill.good("passed"),
                        "9 of 9 steps",
                        "",
                        List.of(
                                new ChangeSetPage.CheckView(
                                        "✓", "passed", Pill.GOOD, "terraform validate", "in 1.2 s"),
                                new ChangeSetPage.CheckView(
                                        "–",
                                        "skipped",
                                        Pill.QUIET,
                                        "terraform test",
                                        "runs on our own blueprints only")),
                        List.of(
                                new ChangeSetPage.CheckView(
                                        "·", "not applicable", Pill.QUIET, "modules", "none")),
                        DigestMark.of(Digest.of("steps")),
                        true));
    }

    private static ChangeSetPage.PlanView plan() {
        List<ChangeSetPage.PlanRow> created = new ArrayList<>();
        for (String type : List.of("aws_vpc.this", "aws_eks_cluster.this", "aws_iam_role.nodes")) {
            created.add(new ChangeSetPage.PlanRow("module.network." + type, "", List.of()));
        }
        return new ChangeSetPage.PlanView(
                "Difference to the last release of this stack. Nobody asked the cloud.",
                List.of(
                        new ChangeSetPage.PlanGroup(
                                "±",
                                "replaced",
                                Pill.BAD,
                                1,
                                true,
                                List.of(
                                        new ChangeSetPage.PlanRow(
                                                "aws_kms_key.secrets",
                                                "a key: what it encrypts is lost with it",
                                                List.of(
                                                        new ChangeSetPage.Attribute(
                                                                "multi_region",
                                                                "false",
                                                                "true"))))),
                        new ChangeSetPage.PlanGroup("+", "created", "", 3, true, created),
                        new ChangeSetPage.PlanGroup(
                                "~", "only tags change", Pill.QUIET, 12, false, created)));
    }

    private static List<ChangeSetPage.FileView> files() {
        List<ChangeSetPage.Line> lines =
                List.of(
                        ChangeSetPage.Line.plain(
                                1, CodeColours.of("a.tf", "resource \"aws_s3_bucket\" \"logs\" {")),
                        new ChangeSetPage.Line(
                                2, CodeColours.of("a.tf", "  bucket = \"<b>&amp;</b>\""), true, ""),
                        ChangeSetPage.Line.plain(3, CodeColours.of("a.tf", "}")));
        return List.of(
                new ChangeSetPage.FileView(
                        "file-1",
                        "logs.tf",
                        "1.2 KB",
                        DigestMark.of(Digest.of("logs")),
                        "/change-sets/cs-aaaaaaaaaaaaaaaa/files/logs.tf",
                        "new",
                        Pill.GOOD,
                        lines,
                        ""),
                new ChangeSetPage.FileView(
                        "file-2",
                        "modules/network/main.tf",
                        "14 KB",
                        DigestMark.of(Digest.of("network")),
                        "/change-sets/cs-aaaaaaaaaaaaaaaa/files/modules/network/main.tf",
                        "",
                        "",
                        lines,
                        "1,203 more lines."));
    }

    private static List<ChangeSetPage.FindingView> findings() {
        return List.of(
                new ChangeSetPage.FindingView(
                        "finding-1",
                        "DP-AWS-S3-003",
                        "logs.tf",
                        "aws_s3_bucket.logs",
                        "bucket 'logs' does not keep its access logs",
                        "Buckets keep their access logs",
                        Pill.wait("medium"),
                        Pill.WAIT,
                        "logs.tf:2:3",
                        "file-1-2",
                        "bucket 'logs' does not keep its access logs",
                        "Add an aws_s3_bucket_logging resource for it.",
                        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
                        List.of(
                                ChangeSetPage.Line.plain(
                                        1,
                                        CodeColours.of(
                                                "a.tf", "resource \"aws_s3_bucket\" \"logs\" {")),
                                new ChangeSetPage.Line(
                                        2,
                                        CodeColours.of("a.tf", "  bucket = \"acme-logs\""),
                                        true,
                                        "  ^"),
                                ChangeSetPage.Line.plain(3, CodeColours.of("a.tf", "}"))),
                        FindingViews.patch(
                                """
                                --- a/logs.tf
                                +++ b/logs.tf
                                @@ -2,2 +2,2 @@
                                -  bucket = "</code><script>alert(2)</script>"
                                +  bucket = "acme-logs"
                                 }
                                """)));
    }

    private static String signedText() {
        return """
        DEVOPS PACK APPROVAL v1
        change set   cs-aaaaaaaaaaaaaaaa   code K7-QF2
        environment  production
        stack        payments/production

        WHAT CHANGES
          + 50 resources, first release of this stack
        RISKS
          ! replaces aws_kms_key.secrets
          ! creates 4 IAM roles
        COST
          about 416 USD a month (as of 2026-07, us-east-1)
        """;
    }

    private static ChangeSetRow row(
            String code, String stack, String environment, Pill status, long minutes) {
        return new ChangeSetRow(
                "cs-aaaaaaaaaaaaaaaa",
                code,
                stack,
                environment,
                "claude-code",
                status,
                ago(minutes));
    }

    private static Moment ago(long minutes) {
        return Moment.of(NOW.minus(Duration.ofMinutes(minutes)), NOW);
    }

    private static Moment ahead(long minutes) {
        return Moment.of(NOW.plus(Duration.ofMinutes(minutes)), NOW);
    }
}
