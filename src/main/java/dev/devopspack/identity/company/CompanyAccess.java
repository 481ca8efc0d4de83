package dev.devopspack.identity.company;

import dev.devopspack.change.Digest;
import dev.devopspack.identity.Journal;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.workload.Issuer;
import dev.devopspack.identity.workload.PersonTokens;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Assistants that come with an access token of the company's identity provider: this server is a
/// resource server of OAuth 2.1.
///
/// A token may do what both its scopes and its person's roles allow, and never decides.
public final class CompanyAccess {

    private static final int ID_DIGITS = 32;

    /// What a scope lets a token do. A tool asks for one of these roles.
    private static final Map<String, Role> SCOPES =
            Map.of(
                    "devops-pack:read", Role.VIEWER,
                    "devops-pack:request", Role.REQUESTER,
                    "devops-pack:audit", Role.AUDITOR);

    private final CompanyProvider provider;
    private final PersonTokens tokens;
    private final CompanyPeople people;

    public CompanyAccess(
            CompanyProvider provider,
            PersonTokens tokens,
            CompanyIdentities identities,
            PersonStore people,
            Journal journal) {
        this.provider = provider;
        this.tokens = tokens;
        this.people = new CompanyPeople(identities, people, journal);
    }

    /// The scopes there are, in order.
    public static List<String> scopes() {
        return SCOPES.keySet().stream().sorted().toList();
    }

    /// The configured provider.
    public Optional<CompanySettings> settings() {
        return provider.settings();
    }

    /// Whether the token says that it is of the company's identity provider.
    public boolean claims(String token) {
        try {
            String issuer = PersonTokens.claimedIssuer(token);
            return provider.settings().filter(each -> each.issuer().equals(issuer)).isPresent();
        } catch (InvalidInput _) {
            return false;
        }
    }

    /// @throws InvalidInput where it lets nobody in, with the reason
    public Principal authenticate(String token) {
        CompanySettings settings = provider.settings().orElseThrow();
        Map<String, Object> claims;
        try {
            claims =
                    tokens.access(
                            token,
                            new Issuer(
                                    "company",
                                    Issuer.Kind.COMPANY,
                                    settings.issuer(),
                                    settings.resource(),
                                    provider.endpoints().keys()));
        } catch (IOException _) {
            throw refusal("the identity provider does not answer", "Try again in a minute.");
        }
        String subject = String.valueOf(claims.get("sub"));
        Person person =
                people.find(settings.issuer(), subject)
                        .orElseThrow(() ->
                                refusal(
                                        "nobody here is the token's person",
                                        "Sign in once on the page with your company's account."));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        scopesOf(claims).stream()
                .map(SCOPES::get)
                .filter(role -> role != null && person.has(role))
                .forEach(roles::add);
        if (roles.isEmpty()) {
            throw refusal(
                    "its scopes let it do nothing that its person may do",
                    "Ask for some of: " + String.join(" ", scopes()) + ".");
        }
        // One client of one person is one caller, whichever token it has at the moment.
        String client = String.valueOf(claims.getOrDefault("client_id", claims.get("azp")));
        String id =
                Digest.of(settings.issuer() + "\0" + subject + "\0" + client)
                        .hex()
                        .substring(0, ID_DIGITS);
        return new Principal(
                Principal.Kind.TOKEN,
                "company-" + id,
                person.id(),
                "assistant of " + person.displayName(),
                roles);
    }

    private static List<String> scopesOf(Map<String, Object> claims) {
        return switch (claims.getOrDefault("scope", claims.get("scp"))) {
            case String text -> Arrays.asList(text.split(" "));
            case List<?> many ->
                    many.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }

    private static InvalidInput refusal(String problem, String mend) {
        return new InvalidInput("token", problem, mend);
    }
}
