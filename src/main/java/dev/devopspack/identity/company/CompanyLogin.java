package dev.devopspack.identity.company;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.Digest;
import dev.devopspack.change.StrictJson;
import dev.devopspack.identity.Bookkeeping;
import dev.devopspack.identity.Ceremonies;
import dev.devopspack.identity.Ceremony;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.identity.Principal;
import dev.devopspack.identity.Role;
import dev.devopspack.identity.Secrets;
import dev.devopspack.identity.Sessions;
import dev.devopspack.identity.workload.Issuer;
import dev.devopspack.identity.workload.PersonTokens;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Signing in with the company's identity provider: OpenID Connect, authorization code with PKCE.
///
/// What comes of it is a session like any other. It decides nothing by itself: every decision is
/// signed with a passkey that the person enrolled here.
public final class CompanyLogin {

    /// How long a person may take at the provider.
    public static final Duration VALID = Duration.ofMinutes(10);

    private static final int MAX_CHARACTERS = 20_000;
    private static final int MAX_SUBJECT_LENGTH = 255;

    private final CompanyProvider provider;
    private final PersonTokens tokens;
    private final CompanyPeople companyPeople;
    private final People people;
    private final Ceremonies ceremonies;
    private final Sessions sessions;
    private final Bookkeeping books;

    public CompanyLogin(
            CompanyProvider provider,
            PersonTokens tokens,
            CompanyIdentities identities,
            PersonStore store,
            People people,
            Ceremonies ceremonies,
            Sessions sessions,
            Bookkeeping books) {
        this.provider = provider;
        this.tokens = tokens;
        this.companyPeople = new CompanyPeople(identities, store, books.journal());
        this.people = people;
        this.ceremonies = ceremonies;
        this.sessions = sessions;
        this.books = books;
    }

    /// Whether an identity provider is configured.
    public boolean offered() {
        return provider.settings().isPresent();
    }

    public sealed interface Begun {

        /// @param address where the browser goes
        /// @param browser a secret that this browser alone keeps: nobody is signed in with an
        ///   answer that another browser asked for
        record At(String address, String browser) implements Begun {}

        record Refused(String problem, String mend) implements Begun {}
    }

    public sealed interface Ended {

        /// @param next the page to go on to
        /// @param enrolment the secret of a link for the first passkey, where there is none yet
        record SignedIn(Sessions.Started session, String next, @Nullable String enrolment)
                implements Ended {}

        record Refused(String problem, String mend) implements Ended {}
    }

    /// @param next a page of ours
    /// @param redirect where the provider sends the browser back to
    public Begun begin(String next, String redirect) {
        CompanySettings settings = provider.settings().orElse(null);
        if (settings == null) {
            return new Begun.Refused(
                    "no identity provider is configured", "Sign in with a passkey.");
        }
        CompanyProvider.Endpoints endpoints;
        try {
            endpoints = provider.endpoints();
        } catch (IOException _) {
            return new Begun.Refused(
                    "the identity provider does not answer",
                    "Try again in a minute, or sign in with a passkey.");
        }
        String state = books.secret();
        String nonce = books.secret();
        String verifier = books.secret();
        String browser = books.secret();
        Instant now = books.now();
        ceremonies.begin(
                new Ceremony(
                        state,
                        Ceremony.Purpose.COMPANY,
                        null,
                        Canonical.text(
                                Map.of(
                                        "browser", Digest.of(browser).value(),
                                        "next", next,
                                        "nonce", nonce,
                                        "redirect", redirect,
                                        "verifier", verifier)),
                        now.plus(VALID)),
                now);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", settings.clientId());
        query.put("redirect_uri", redirect);
        query.put("scope", "openid profile");
        query.put("state", state);
        query.put("nonce", nonce);
        query.put("code_challenge", Secrets.base64(Digest.of(verifier).bytes()));
        query.put("code_challenge_method", "S256");
        String address = endpoints.authorization().toString();
        return new Begun.At(
                address + (address.contains("?") ? "&" : "?") + encoded(query), browser);
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(each ->
                        each.getKey()
                                + "="
                                + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /// @param state, code, issuer as the provider sent them back
    /// @param browser the secret that this browser kept
    public Ended finish(String state, String code, @Nullable String issuer, String browser) {
        CompanySettings settings = provider.settings().orElse(null);
        Optional<Ceremony> ceremony = ceremonies.take(state, Ceremony.Purpose.COMPANY, books.now());
        if (settings == null || ceremony.isEmpty()) {
            return again("this sign-in has expired or was used before");
        }
        Map<String, Object> begun =
                StrictJson.object("sign-in", ceremony.get().document(), MAX_CHARACTERS);
        if (!Digest.of(browser).value().equals(begun.get("browser"))) {
            return again("this sign-in was begun in another browser");
        }
        if (issuer != null && !issuer.equals(settings.issuer())) {
            return again("another identity provider answered");
        }
        Map<String, Object> claims;
        try {
            String token =
                    provider.identityToken(
                            code,
                            String.valueOf(begun.get("verifier")),
                            String.valueOf(begun.get("redirect")));
            claims =
                    tokens.identity(
                            token,
                            new Issuer(
                                    "company",
                                    Issuer.Kind.COMPANY,
                                    settings.issuer(),
                                    settings.clientId(),
                                    provider.endpoints().keys()),
                            String.valueOf(begun.get("nonce")));
        } catch (IOException _) {
            return again("the identity provider does not answer, or refuses the code");
        } catch (InvalidInput e) {
            return again("the identity provider's answer does not count: " + e.problem());
        }
        return books.inOne(() -> signIn(settings, claims, String.valueOf(begun.get("next"))));
    }

    private Ended signIn(CompanySettings settings, Map<String, Object> claims, String next) {
        if (!(claims.get("sub") instanceof String subject)
                || subject.isEmpty()
                || subject.length() > MAX_SUBJECT_LENGTH) {
            return again("the identity provider does not say who you are");
        }
        Set<Role> roles = settings.rolesOf(claims);
        if (roles.isEmpty()) {
            books.record(
                    "person.sign_in_refused",
                    "system",
                    Map.of("why", "no group of the claim has a role here", "via", "company"),
                    Map.of("subject", subject));
            return new Ended.Refused(
                    "none of your groups has a role here",
                    "Ask your administrator for a group that is configured in devopspack.oidc.");
        }
        Optional<Person> known =
                companyPeople.known(settings.issuer(), subject, claims, roles, books.now());
        if (known.isEmpty()) {
            return new Ended.Refused("this person is not active", "Ask an admin.");
        }
        Person person = known.get();
        Sessions.Started session = sessions.startByCompany(person.id());
        books.record(
                "person.signed_in",
                "person:" + person.id(),
                Map.of("session", session.session().id(), "via", "company"),
                Map.of());
        boolean first = settings.firstPasskey() && ceremonies.passkeys().of(person.id()).isEmpty();
        return new Ended.SignedIn(
                session,
                next,
                first ? people.invite(Principal.SYSTEM, person.id()).secret() : null);
    }

    private static Ended again(String problem) {
        return new Ended.Refused(problem, "Start signing in again.");
    }
}
