package dev.devopspack.policy.kubernetes;

import dev.devopspack.language.Span;
import dev.devopspack.language.kubernetes.ManifestProblem;
import dev.devopspack.policy.Unknowns;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.Map;
import java.util.Optional;

/// What Kubernetes itself would refuse, drop or not find in an object, for rules that give it a
/// severity. It says nothing of security, so it counts in no score.
final class SchemaProblem implements Subject {

    static final String KIND = "kubernetes/Diagnostic";

    /// What follows helps to mend it; apart from the fact, so that a report has room for both.
    private static final String HINT = "; ";

    private final ManifestProblem problem;
    private final String address;
    private final Attributes self;

    /// @param address of the object in which it stands
    /// @param version of Kubernetes, such as `1.36`
    SchemaProblem(ManifestProblem problem, String address, String version) {
        this.problem = problem;
        this.address = address;
        String path = problem.path().isEmpty() ? problem.manifest().kind() : problem.path();
        String message = problem.message();
        int fact = message.indexOf(HINT) < 0 ? message.length() : message.indexOf(HINT);
        boolean judged = problem.kind() != ManifestProblem.Kind.NOT_JUDGED;
        this.self =
                new Attributes(
                        Map.of(
                                "kind",
                                problem.kind().label(),
                                "path",
                                path,
                                "message",
                                message.substring(0, fact),
                                "hint",
                                message.substring(fact),
                                "judged",
                                judged ? (Object) true : Unknowns.because(message),
                                "version",
                                version),
                        this);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean weighed() {
        return false;
    }

    @Override
    public Place place() {
        Span span = problem.span();
        return new Place(problem.manifest().file(), span.line(), span.column());
    }

    @Override
    public int lastLine() {
        return problem.span().line();
    }

    @Override
    public int objectFirstLine() {
        return problem.manifest().root().span().line();
    }

    @Override
    public int objectLastLine() {
        return problem.manifest().root().span().endLine();
    }

    @Override
    public Optional<Place> placeOf(String path) {
        return Optional.empty();
    }

    @Override
    public Attributes self() {
        return self;
    }

    @Override
    public Surroundings surroundings() {
        return Surroundings.NONE;
    }
}
