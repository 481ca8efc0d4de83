package dev.devopspack.identity.workload;

import dev.devopspack.change.Hidden;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out which job shows an identity token.
public final class Workloads {

    /// Machines' clocks differ by seconds where they are kept right.
    static final Duration SKEW = Duration.ofSeconds(60);

    /// No platform gives a job's token for longer than the longest job.
    static final Duration LONGEST = Duration.ofHours(24);

    private static final int MAX_CLAIM_LENGTH = 500;

    private static final Pattern RUN = Pattern.compile("[0-9]{1,20}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    /// What only a job's token holds.
    private static final Set<String> RUNS = Set.of("run_id", "pipeline_id");

    private static final String TOKEN = "token";

    private final List<Issuer> issuers;
    private final IssuerKeys keys;
    private final Clock clock;

    public Workloads(List<Issuer> issuers, IssuerKeys keys, Clock clock) {
        this.issuers = List.copyOf(issuers);
        this.keys = keys;
        this.clock = clock;
    }

    /// Whether the secret has the form of an identity token rather than of a token of ours.
    public static boolean looksLikeOne(String secret) {
        return secret.startsWith(SignedToken.BEGINNING)
                && secret.length() <= SignedToken.MAX_CHARACTERS
                && secret.indexOf('.') > 0;
    }

    /// Whether the token says that it is of a job of a configured issuer. Nothing is proven by
    /// that: it tells a job's token from one that the same issuer made for a person.
    public boolean claims(String text) {
        try {
            Map<String, Object> claims = SignedToken.parse(text).claims();
            return issuers.stream().anyMatch(issuer -> issuer.issuer().equals(claims.get("iss")))
                    && RUNS.stream().anyMatch(claims::containsKey);
        } catch (InvalidInput _) {
            return false;
        }
    }

    /// @return the job, proven by a key of a configured issuer
    /// @throws InvalidInput if the token proves no job, with the reason
    public Workload authenticate(String text) {
        SignedToken token = SignedToken.parse(text);
        Claims claims = new Claims(token.claims());
        Issuer issuer = issuer(claims.text("iss"));
        IssuerKey key =
                switch (keys.find(issuer, token.keyId())) {
                    case IssuerKeys.Found.Key found -> found.key();
                    case IssuerKeys.Found.None none -> throw refusal(none.problem());
                };
        if (key.algorithm() != token.algorithm()
                || !key.verifies(token.message(), token.signature())) {
            throw refusal("its signature does not fit the issuer's key");
        }
        checkAudience(issuer, claims.map().get("aud"));
        checkTimes(claims);
        return switch (issuer.kind()) {
            case GITHUB_ACTIONS -> gitHub(issuer, claims);
            case GITLAB -> gitLab(issuer, claims);
            case COMPANY -> throw refusal("it is about a person, not about a pipeline");
        };
    }

    private Issuer issuer(String named) {
        return issuers.stream()
                .filter(issuer -> issuer.issuer().equals(named))
                .findFirst()
                .orElseThrow(() -> refusal("its issuer is none of those that are configured"));
    }

    private static void checkAudience(Issuer issuer, @Nullable Object audience) {
        boolean meant =
                switch (audience) {
                    case String one -> one.equals(issuer.audience());
                    case List<?> many -> many.contains(issuer.audience());
                    case null, default -> false;
                };
        if (!meant) {
            throw new InvalidInput(
                    TOKEN,
                    "it was made for another audience",
                    "Ask the platform for a token with the audience '" + issuer.audience() + "'.");
        }
    }

    private void checkTimes(Claims claims) {
        Instant now = clock.instant();
        Instant issuedAt = claims.time("iat");
        Instant expiresAt = claims.time("exp");
        if (!now.isBefore(expiresAt.plus(SKEW))) {
            throw refusal("it expired at " + expiresAt);
        }
        if (now.plus(SKEW).isBefore(issuedAt)
                || (claims.has("nbf") && now.plus(SKEW).isBefore(claims.time("nbf")))) {
            throw refusal("it is not valid yet");
        }
        if (expiresAt.isAfter(issuedAt.plus(LONGEST))) {
            throw refusal("it is valid for longer than " + LONGEST.toHours() + " hours");
        }
    }

    /// @see <a href="https://docs.github.com/en/actions/reference/security/oidc">OpenID Connect
    ///   reference of GitHub Actions</a>
    private static Workload gitHub(Issuer issuer, Claims claims) {
        String repository = claims.text("repository");
        Located file = located(claims.text("workflow_ref"), repository + "/");
        return new Workload(
                issuer.name(),
                "run-" + claims.matching("run_id", RUN) + "-" + claims.matching("run_attempt", RUN),
                repository,
                claims.text("ref"),
                claims.matching("sha", COMMIT),
                file.path(),
                file.ref(),
                claims.optionalText("environment"));
    }

    /// @see <a href="https://docs.gitlab.com/ci/secrets/id_token_authentication/">OpenID Connect
    ///   authentication using ID tokens of GitLab</a>
    private static Workload gitLab(Issuer issuer, Claims claims) {
        String project = claims.text("project_path");
        String uri = claims.text("ci_config_ref_uri");
        int start = uri.indexOf('/');
        Located file = located(uri.substring(start + 1), project + "//");
        return new Workload(
                issuer.name(),
                "pipeline-" + claims.matching("pipeline_id", RUN),
                project,
                gitLabRef(claims),
                claims.matching("sha", COMMIT),
                file.path(),
                file.ref(),
                claims.optionalText("environment"));
    }

    private static String gitLabRef(Claims claims) {
        return Optional.ofNullable(claims.optionalText("ref_path"))
                .orElseGet(() ->
                        switch (claims.text("ref_type")) {
                            case "branch" -> "refs/heads/" + claims.text("ref");
                            case "tag" -> "refs/tags/" + claims.text("ref");
                            default -> throw refusal("'ref_type' is neither branch nor tag");
                        });
    }

    private record Located(String path, String ref) {}

    /// A file of the repository at a reference: `PREFIX path @ ref`.
    private static Located located(String text, String prefix) {
        int at = text.lastIndexOf('@');
        if (!text.startsWith(prefix) || at <= prefix.length()) {
            throw refusal("the file of its pipeline lies outside of its repository");
        }
        return new Located(text.substring(prefix.length(), at), text.substring(at + 1));
    }

    /// The claims of a token whose texts are short and plain.
    private record Claims(Map<String, Object> map) {

        boolean has(String name) {
            return map.containsKey(name);
        }

        String text(String name) {
            if (map.get(name) instanceof String text
                    && !text.isEmpty()
                    && text.length() <= MAX_CLAIM_LENGTH
                    && Hidden.firstIn(text) < 0) {
                return text;
            }
            throw refusal("its claim '" + name + "' is missing or no plain text");
        }

        @Nullable String optionalText(String name) {
            Object value = map.get(name);
            return value == null || value.equals("") ? null : text(name);
        }

        String matching(String name, Pattern shape) {
            String text = map.get(name) instanceof Long number ? number.toString() : text(name);
            if (!shape.matcher(text).matches()) {
                throw refusal("its claim '" + name + "' has another form");
            }
            return text;
        }

        /// The largest time that a token may name is in the year 9999.
        Instant time(String name) {
            if (map.get(name) instanceof Long seconds
                    && seconds >= 0
                    && seconds < 253_402_300_800L) {
                return Instant.ofEpochSecond(seconds);
            }
            throw refusal("its claim '" + name + "' is missing or no time");
        }
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                TOKEN, problem, "Ask the pipeline's platform for a new identity token.");
    }
}
