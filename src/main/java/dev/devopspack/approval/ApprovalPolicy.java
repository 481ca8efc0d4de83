package dev.devopspack.approval;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.task.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who must approve what, and within which time.
///
/// @param name `trial`, `strict` or the operator's own
/// @param trial whether a banner must say that this policy is for trying out
/// @param environments the environments that are known; any other counts as production
/// @param approvers how many people approve a change to production or of a secret
/// @param approversIfAnonymous the same where nobody knows which human asked
/// @param decideWithin how long people have to decide
/// @param executeWithin how long the grant may be used after the last decision
/// @param terraformCli whether a missing terraform fails the quality gate
/// @param own what single environments ask for instead; each is one of `environments`
public record ApprovalPolicy(
        String name,
        boolean trial,
        Map<Environment, Kind> environments,
        int approvers,
        int approversIfAnonymous,
        Duration decideWithin,
        Duration executeWithin,
        TerraformCli terraformCli,
        Map<Environment, Terms> own) {

    private static final String FORMAT = "devops-pack/approval-policy/v1";

    /// Where single environments ask for something of their own.
    private static final String FORMAT_WITH_OWN = "devops-pack/approval-policy/v2";

    /// More people than this cannot be gathered within a day.
    public static final int MAX_APPROVERS = 10;

    /// What was judged longer ago than a week should be judged anew.
    public static final Duration LONGEST_TO_DECIDE = Duration.ofDays(7);

    /// A pipeline that waits longer than a working day applies to another world.
    public static final Duration LONGEST_TO_EXECUTE = Duration.ofHours(8);

    private static final Map<Environment, Kind> USUAL =
            Map.of(
                    new Environment("production"), Kind.PRODUCTION,
                    new Environment("staging"), Kind.OTHER,
                    new Environment("development"), Kind.OTHER);

    /// For trying out on the embedded database: one approver suffices.
    public static final ApprovalPolicy TRIAL =
            new ApprovalPolicy(
                    "trial",
                    true,
                    USUAL,
                    1,
                    1,
                    Duration.ofHours(24),
                    Duration.ofMinutes(30),
                    TerraformCli.IF_PRESENT);

    /// For work that counts: two people where nobody knows who asked, and a skipped terraform step
    /// fails its gate.
    public static final ApprovalPolicy STRICT =
            new ApprovalPolicy(
                    "strict",
                    false,
                    USUAL,
                    1,
                    2,
                    Duration.ofHours(24),
                    Duration.ofMinutes(30),
                    TerraformCli.REQUIRED);

    public enum Kind {
        PRODUCTION,
        OTHER
    }

    public enum TerraformCli {
        REQUIRED,
        IF_PRESENT
    }

    public ApprovalPolicy {
        environments = Map.copyOf(environments);
        own = Map.copyOf(own);
        if (!environments.keySet().containsAll(own.keySet())) {
            throw new IllegalArgumentException("an environment with terms of its own is not known");
        }
        new Terms(approvers, approversIfAnonymous, decideWithin, executeWithin);
    }

    /// A policy that asks for the same in every environment.
    public ApprovalPolicy(
            String name,
            boolean trial,
            Map<Environment, Kind> environments,
            int approvers,
            int approversIfAnonymous,
            Duration decideWithin,
            Duration executeWithin,
            TerraformCli terraformCli) {
        this(
                name,
                trial,
                environments,
                approvers,
                approversIfAnonymous,
                decideWithin,
                executeWithin,
                terraformCli,
                Map.of());
    }

    /// What is asked for in an environment.
    ///
    /// @param approvers how many distinct people
    /// @param approversIfAnonymous the same where nobody knows which human asked
    /// @param decideWithin how long people have to decide
    /// @param executeWithin how long the grant may be used after the last decision
    public record Terms(
            int approvers,
            int approversIfAnonymous,
            Duration decideWithin,
            Duration executeWithin) {

        public Terms {
            if (approvers < 1
                    || approversIfAnonymous < approvers
                    || approversIfAnonymous > MAX_APPROVERS) {
                throw new IllegalArgumentException(
                        "approvers are 1 to " + MAX_APPROVERS + ", and no fewer for the anonymous");
            }
            if (!usable(decideWithin, LONGEST_TO_DECIDE)
                    || !usable(executeWithin, LONGEST_TO_EXECUTE)) {
                throw new IllegalArgumentException(
                        "a clock is in whole seconds, above zero and at most "
                                + LONGEST_TO_DECIDE.toDays()
                                + " days to decide and "
                                + LONGEST_TO_EXECUTE.toHours()
                                + " hours to execute");
            }
        }

        private static boolean usable(Duration duration, Duration longest) {
            return duration.toSeconds() > 0
                    && duration.toNanosPart() == 0
                    && duration.compareTo(longest) <= 0;
        }

        private Terms stricter(Terms other) {
            return new Terms(
                    Math.max(approvers, other.approvers),
                    Math.max(approversIfAnonymous, other.approversIfAnonymous),
                    shorter(decideWithin, other.decideWithin),
                    shorter(executeWithin, other.executeWithin));
        }

        private static Duration shorter(Duration a, Duration b) {
            return a.compareTo(b) < 0 ? a : b;
        }

        private Map<String, Object> document() {
            return Map.of(
                    "approvers",
                    approvers,
                    "approversIfAnonymous",
                    approversIfAnonymous,
                    "decideWithinSeconds",
                    decideWithin.toSeconds(),
                    "executeWithinSeconds",
                    executeWithin.toSeconds());
        }
    }

    /// What is asked for in this environment. One that is not configured counts as production: of
    /// what any production asks for it gets the strictest.
    public Terms terms(Environment environment) {
        Terms usual = usual();
        if (environments.containsKey(environment)) {
            return own.getOrDefault(environment, usual);
        }
        return own.entrySet().stream()
                .filter(entry -> production(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(usual, Terms::stricter);
    }

    private Terms usual() {
        return new Terms(approvers, approversIfAnonymous, decideWithin, executeWithin);
    }

    /// Whether the environment counts as production: one that is not configured does.
    public boolean production(Environment environment) {
        return environments.getOrDefault(environment, Kind.PRODUCTION) == Kind.PRODUCTION;
    }

    /// The environment for which most is asked: the first that counts as production, else the
    /// first.
    public Optional<Environment> strictest(List<Environment> among) {
        return among.stream()
                .filter(this::production)
                .findFirst()
                .or(() -> among.stream().findFirst());
    }

    /// Whether people must approve.
    ///
    /// @param environment null where the outcome targets none
    /// @param secrets what is created or changed of secrets
    public Requirement requires(@Nullable Environment environment, List<SecretReference> secrets) {
        if (!secrets.isEmpty()) {
            SecretReference first = secrets.getFirst();
            String more = secrets.size() == 1 ? "" : " and " + (secrets.size() - 1) + " more";
            return new Requirement.Required(
                    "it creates or changes the secret '" + first.name() + "'" + more);
        }
        if (environment == null) {
            return new Requirement.NotRequired("it targets no environment and holds no secret");
        }
        if (!environments.containsKey(environment)) {
            return new Requirement.Required(
                    "the environment '"
                            + environment
                            + "' is not configured and counts as"
                            + " production");
        }
        return production(environment)
                ? new Requirement.Required("the environment '" + environment + "' is production")
                : new Requirement.NotRequired(
                        "the environment '"
                                + environment
                                + "' is not production and no secret"
                                + " is created or changed");
    }

    /// How many distinct people must approve what this requester asked for.
    public int quorum(Environment environment, Requester requester) {
        Terms terms = terms(environment);
        return requester.person() == null ? terms.approversIfAnonymous() : terms.approvers();
    }

    public sealed interface Requirement {

        String why();

        record Required(String why) implements Requirement {}

        record NotRequired(String why) implements Requirement {}
    }

    /// The policy as plain values: what a manifest and every decision are bound to.
    public Map<String, Object> document() {
        Map<String, Object> known = new TreeMap<>();
        environments.forEach((environment, kind) ->
                known.put(
                        environment.value(),
                        switch (kind) {
                            case PRODUCTION -> "production";
                            case OTHER -> "other";
                        }));
        Map<String, Object> document = new TreeMap<>();
        document.put("format", own.isEmpty() ? FORMAT : FORMAT_WITH_OWN);
        document.put("name", name);
        document.put("trial", trial);
        document.put("environments", known);
        document.put("approvers", approvers);
        document.put("approversIfAnonymous", approversIfAnonymous);
        document.put("decideWithinSeconds", decideWithin.toSeconds());
        document.put("executeWithinSeconds", executeWithin.toSeconds());
        document.put(
                "terraformCli",
                switch (terraformCli) {
                    case REQUIRED -> "required";
                    case IF_PRESENT -> "if-present";
                });
        if (!own.isEmpty()) {
            Map<String, Object> terms = new TreeMap<>();
            own.forEach((environment, its) -> terms.put(environment.value(), its.document()));
            document.put("terms", terms);
        }
        return document;
    }

    public Digest digest() {
        return Canonical.digest(document());
    }
}
