package dev.devopspack.identity.workload;

import dev.devopspack.change.Hidden;
import dev.devopspack.identity.Workload;
import dev.devopspack.task.InvalidInput;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds out which job shows an identity token.
public final class Workloads {

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
        token.unproven(issuer, keys).ifPresent(Workloads::refuse);
        if (!token.isFor(issuer.audience())) {
            throw new InvalidInput(
                    TOKEN,
                    "it was made for another audience",
                    "Ask the platform for a token with the audience '" + issuer.audience() + "'.");
        }
        token.untimely(clock.instant()).ifPresent(Workloads::refuse);
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
    }

    private static void refuse(String problem) {
        throw refusal(problem);
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput(
                TOKEN, problem, "Ask the pipeline's platform for a new identity token.");
    }
}
