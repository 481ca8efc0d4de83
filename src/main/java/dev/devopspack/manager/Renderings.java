package dev.devopspack.manager;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Rendering;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GateId;
import dev.devopspack.change.Requester;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.gate.Waived;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.policy.Finding;
import dev.devopspack.review.GateLine;
import dev.devopspack.review.RenderingV1;
import dev.devopspack.review.RenderingV2;
import dev.devopspack.review.Subject;
import dev.devopspack.review.Terms;
import dev.devopspack.review.WaiverLine;
import dev.devopspack.task.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The text that people read and sign.
@ApplicationScoped
class Renderings {

    /// A grant is consumed once.
    private static final int USES = 1;

    private final Reviews reviews;
    private final ApprovalPolicy policy;
    private final People people;
    private final Waivers waivers;

    Renderings(Reviews reviews, ApprovalPolicy policy, People people, Waivers waivers) {
        this.reviews = reviews;
        this.policy = policy;
        this.people = people;
        this.waivers = waivers;
    }

    /// @return the text for a request that is opened at the given time
    Function<Instant, Rendering> of(ChangeSet changeSet, Verdicts verdicts) {
        Reviews.Review review = reviews.of(changeSet);
        return openedAt ->
                rendering(
                        new Subject(
                                changeSet,
                                review.plan(),
                                review.risks(),
                                review.cost(),
                                gateLines(verdicts),
                                findings(verdicts),
                                terms(changeSet, openedAt),
                                waivers(verdicts)));
    }

    private static Rendering rendering(Subject subject) {
        return subject.waivers().isEmpty()
                ? new Rendering(RenderingV1.VERSION, RenderingV1.text(subject))
                : new Rendering(RenderingV2.VERSION, RenderingV2.text(subject));
    }

    private List<WaiverLine> waivers(Verdicts verdicts) {
        return verdicts.list().stream()
                .flatMap(verdict -> verdict.checks().stream())
                .filter(Waived::isCheck)
                .map(check -> waivers.find(Waived.waiverOf(check)))
                .map(this::line)
                .toList();
    }

    private WaiverLine line(Waiver waiver) {
        String person = waiver.by().toString();
        return new WaiverLine(
                waiver.id(),
                waiver.scope().rule(),
                waiver.scope().place(),
                waiver.scope().message(),
                Objects.requireNonNullElse(nameOf(person), "nobody"),
                person,
                waiver.until(),
                waiver.reason());
    }

    /// The approval itself comes after the text: it is no line of it.
    private static List<GateLine> gateLines(Verdicts verdicts) {
        return verdicts.list().stream()
                .filter(verdict -> verdict.gate() != GateId.APPROVAL)
                .map(v -> new GateLine(v.gate().id(), v.statusName(), v.summary()))
                .toList();
    }

    private static List<String> findings(Verdicts verdicts) {
        return verdicts.list().stream()
                .map(Verdict::findings)
                .flatMap(List::stream)
                .map(Finding::text)
                .distinct()
                .toList();
    }

    private Terms terms(ChangeSet changeSet, Instant openedAt) {
        Requester requester = changeSet.manifest().requester();
        Environment environment = Approvals.environment(changeSet.target());
        ApprovalPolicy.Terms terms = policy.terms(environment);
        return new Terms(
                nameOf(requester.person()),
                openedAt,
                openedAt.plus(terms.decideWithin()),
                terms.executeWithin(),
                policy.quorum(environment, requester),
                USES,
                policy.name());
    }

    private @Nullable String nameOf(@Nullable String person) {
        return person == null
                ? null
                : people.find(PersonId.parse(person)).map(Person::displayName).orElse(null);
    }
}
