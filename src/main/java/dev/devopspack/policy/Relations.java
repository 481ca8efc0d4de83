package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.hcl.evaluation.EvaluatedAttribute;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How resources belong together: by reference, or by the same literal name.
final class Relations {

    /// What other resources call a resource by, beside a reference to it.
    private static final List<String> NAMES = List.of("bucket", "name", "id", "arn");

    private Relations() {}

    static Object ofType(Attributes self, String type) {
        Subject subject = self.owner();
        if (subject == null) {
            return List.of();
        }
        return subject.surroundings().ofKind(type).stream().map(Subject::self).toList();
    }

    /// The resources of a type whose attribute names this one. Unknown where none surely does, but
    /// one has a value there that the files do not tell.
    static Object pointingTo(Attributes self, String type, String path) {
        Subject subject = self.owner();
        if (subject == null) {
            return List.of();
        }
        Sought sought = Sought.of(subject);
        List<Object> found = new ArrayList<>();
        CelUnknownSet unsure = null;
        for (Subject candidate :
                subject.surroundings().mayMean(sought.address(), sought.type(), type, path)) {
            Object value = Paths.first(candidate.self(), path);
            if (refers(candidate, path, value, sought)) {
                found.add(candidate.self());
            } else if (value instanceof CelUnknownSet unknown
                    && subject.surroundings().references(candidate, path).isEmpty()
                    && !isNamedLikeAnother(candidate, path, subject)) {
                unsure = unknown;
            }
        }
        return found.isEmpty() && unsure != null ? unsure : found;
    }

    /// The resources of a type that an attribute of this one refers to. Unknown where it has a
    /// value that the files do not tell and refers to none.
    static Object referredBy(Attributes self, String path, String type) {
        Subject subject = self.owner();
        if (subject == null) {
            return List.of();
        }
        List<Object> found = new ArrayList<>();
        referred(subject, path, type).forEach(target -> found.add(target.self()));
        Object value = Paths.first(self, path);
        return found.isEmpty()
                        && value instanceof CelUnknownSet
                        && subject.surroundings().references(subject, path).isEmpty()
                ? value
                : found;
    }

    /// Like {@link #referredBy}, but what comes from elsewhere is none of these.
    static List<Object> referredHere(Attributes self, String path, String type) {
        Subject subject = self.owner();
        return subject == null
                ? List.of()
                : referred(subject, path, type).stream()
                        .map(target -> (Object) target.self())
                        .toList();
    }

    static List<Subject> referred(Subject subject, String path, String type) {
        Object value = Paths.first(subject.self(), path);
        boolean byName = value instanceof String || itself(subject, path).isPresent();
        if (!byName && !subject.partial()) {
            return subject.surroundings()
                    .called(type, subject.surroundings().references(subject, path));
        }
        return subject.surroundings().ofKind(type).stream()
                .filter(candidate -> refers(subject, path, value, Sought.of(candidate)))
                .toList();
    }

    /// The addresses that an attribute of this one refers to, in their order.
    static List<String> references(Attributes self, String path) {
        Subject subject = self.owner();
        return subject == null
                ? List.of()
                : subject.surroundings().references(subject, path).stream().sorted().toList();
    }

    /// What names this one anywhere; every type where `type` is empty.
    static List<Object> mentioning(Attributes self, String type) {
        Subject subject = self.owner();
        if (subject == null) {
            return List.of();
        }
        String kind = "terraform/" + type;
        return subject.surroundings().mentioning(subject).stream()
                .filter(candidate -> type.isEmpty() || candidate.kind().equals(kind))
                .filter(candidate -> candidate != subject)
                .map(candidate -> (Object) candidate.self())
                .toList();
    }

    /// What others may call a resource by, worked out once for all that are asked.
    ///
    /// @param address without the keys of instances
    /// @param type what the addresses of its type begin with
    private record Sought(Subject subject, String address, String type) {

        static Sought of(Subject subject) {
            String address = withoutKeys(subject.address());
            return new Sought(subject, address, address.substring(0, address.lastIndexOf('.') + 1));
        }
    }

    /// A reference says which one is meant; only where there is none to this type, a name does.
    private static boolean refers(
            Subject from, String path, @Nullable Object value, Sought sought) {
        Subject target = sought.subject();
        if (from.partial() && from.address().equals(target.address())) {
            return true;
        }
        Set<String> addresses = target.surroundings().references(from, path);
        if (addresses.contains(sought.address())) {
            return true;
        }
        return addresses.stream().noneMatch(other -> other.startsWith(sought.type()))
                && (isCalled(target, value)
                        || itself(from, path).filter(name -> isNamed(target, name)).isPresent());
    }

    private static boolean isCalled(Subject target, @Nullable Object value) {
        return value instanceof String text
                && NAMES.stream()
                        .map(name -> target.self().get(name))
                        .filter(named -> named != NullValue.NULL_VALUE)
                        .anyMatch(text::equals);
    }

    /// Whether it takes its name from this variable, whatever its value is.
    private static boolean isNamed(Subject target, Reference variable) {
        return NAMES.stream()
                .anyMatch(name -> itself(target, name).filter(variable::equals).isPresent());
    }

    /// A sibling of the subject takes its name from the same variable, so it is meant.
    private static boolean isNamedLikeAnother(Subject from, String path, Subject target) {
        String type = target.kind().substring(target.kind().indexOf('/') + 1);
        return itself(from, path)
                .filter(variable ->
                        target.surroundings().ofKind(type).stream()
                                .anyMatch(sibling -> isNamed(sibling, variable)))
                .isPresent();
    }

    private static Optional<Reference> itself(Subject subject, String path) {
        return subject instanceof TerraformSubject terraform
                ? terraform
                        .attribute(path)
                        .map(EvaluatedAttribute::value)
                        .map(value ->
                                value instanceof Value.Unknown unknown ? unknown.hint() : null)
                        .map(hint ->
                                hint instanceof Value.Hint.Itself same ? same.reference() : null)
                : Optional.empty();
    }

    /// `aws_subnet.private[0]` without its instance key.
    static String withoutKeys(String address) {
        StringBuilder plain = new StringBuilder(address.length());
        int depth = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
