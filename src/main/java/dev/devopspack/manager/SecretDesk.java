package dev.devopspack.manager;

import dev.devopspack.approval.Refusal;
import dev.devopspack.approval.secret.AskedSecret;
import dev.devopspack.approval.secret.SecretFile;
import dev.devopspack.approval.secret.SecretRequest;
import dev.devopspack.approval.secret.SecretRequests;
import dev.devopspack.change.Transactions;
import dev.devopspack.policy.Redactor;
import dev.devopspack.policy.SpokenPassword;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Takes requests for secrets that an agent was asked for to the people who approve them, and says
/// where they stand. What goes back are references and files without a value.
@ApplicationScoped
class SecretDesk {

    private final SecretRequests secrets;
    private final Ledger ledger;
    private final Transactions transactions;
    private final Clock clock;
    private final String site;

    SecretDesk(
            SecretRequests secrets,
            Ledger ledger,
            Transactions transactions,
            Clock clock,
            @ConfigProperty(name = "devopspack.base-url") String site) {
        this.secrets = secrets;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
        this.site = site;
    }

    /// Asked and kept together: a step of a run that is done again does not ask twice.
    ///
    /// @throws InvalidInput where it cannot be asked for
    RunResult ask(Outcome.SecretAsked wanted, Order order, Destination.Found found) {
        boolean told = SpokenPassword.in(wanted.reason());
        if (told || Redactor.redact(wanted.reason()).removed() > 0) {
            throw refused(
                    order,
                    "/input/reason",
                    "it holds what looks like a secret",
                    "Say what the secret is for, not what it is.");
        }
        return transactions.inOne(() ->
                switch (secrets.ask(wanted.secret(), order.caller(), wanted.reason())) {
                    case SecretRequests.Asked.New made -> {
                        RunResult result = result(made.secret());
                        ledger.remember(order, found, result);
                        yield result;
                    }
                    case SecretRequests.Asked.Refused refused -> throw refused(order, refused);
                });
    }

    /// @throws InvalidInput where there is no such request
    RunResult lookUp(Outcome.SecretLookedUp wanted, Order order) {
        secrets.expire();
        return secrets.find(wanted.request())
                .map(this::result)
                .orElseThrow(() ->
                        refused(
                                order,
                                "/input/request",
                                "there is no such request",
                                "Use the id from the answer that opened it."));
    }

    private static InvalidInput refused(Order order, SecretRequests.Asked.Refused refused) {
        Refusal refusal = refused.refusal();
        return refused(order, "/input", refusal.problem(), refusal.mend());
    }

    private static InvalidInput refused(Order order, String where, String problem, String mend) {
        return order.task().located(new InvalidInput(where, problem, mend), "");
    }

    private RunResult result(AskedSecret asked) {
        SecretRequest request = asked.request();
        AskedSecret.Status status = asked.statusAt(clock.instant());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("request", request.id().value());
        facts.put("secret", request.spec().secret().reference());
        facts.put("version", request.version());
        facts.put("operation", request.spec().operation().word());
        facts.put("flow", request.spec().flow().word());
        facts.put("status", status.name());
        facts.put("approvals", secrets.counted(asked) + " of " + request.quorum());
        facts.put("page", site + "/secrets/" + request.id());
        if (!asked.note().isEmpty()) {
            facts.put("note", asked.note());
        }
        facts.put("files", files(asked));
        return RunResult.of(
                "report",
                List.of(
                        request.spec().operation().word()
                                + " "
                                + request.spec().secret().reference()
                                + ", version "
                                + request.version()
                                + ": "
                                + status),
                List.of(asked.next(clock.instant())),
                facts,
                null);
    }

    private List<Map<String, Object>> files(AskedSecret asked) {
        List<Map<String, Object>> files = new ArrayList<>();
        for (SecretFile file : secrets.files(asked.request().id())) {
            files.add(Map.of("name", file.name(), "text", file.text()));
        }
        return files;
    }
}
