package dev.devopspack.language.workflow;

import com.google.re2j.Pattern;
import dev.devopspack.language.Span;
import java.util.Locale;
import java.util.Optional;

/// What `uses` names: an action, a reusable workflow, an image.
///
/// @param text as written
/// @param name owner and repository in lower case with the path below, for example
///   `github/codeql-action/init`; the path of a local one; the image without tag and digest
/// @param ref the tag, branch or commit; of an image the tag or digest
/// @param comment the comment behind it on its line, without `#`
public record ActionReference(
        Kind kind,
        String text,
        String name,
        Optional<String> ref,
        Optional<String> comment,
        Span span) {

    /// Where what is named comes from.
    public enum Kind {
        /// `./path`: the repository that was checked out.
        LOCAL,
        /// `$/path`: the repository and commit of the workflow itself.
        SELF,
        /// `owner/repository/path@ref`.
        REPOSITORY,
        /// `docker://image`.
        IMAGE,
        /// None of these.
        UNREADABLE
    }

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");
    private static final Pattern NAME = Pattern.compile("[\\w.-]+(/[^/@\\s]+)+");
    private static final Pattern VERSION =
            Pattern.compile("\\bv?\\d+(\\.\\d+)*([-+.][0-9A-Za-z.-]+)?");

    static ActionReference of(String written, Optional<String> comment, Span span) {
        String text = written.strip();
        if (text.startsWith("./") || text.startsWith("../")) {
            return new ActionReference(Kind.LOCAL, text, text, Optional.empty(), comment, span);
        }
        if (text.startsWith("$/")) {
            return new ActionReference(
                    Kind.SELF, text, text.substring(2), Optional.empty(), comment, span);
        }
        if (text.startsWith("docker://")) {
            return image(text, comment, span);
        }
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        Optional<String> ref =
                at < 0 || at + 1 == text.length()
                        ? Optional.empty()
                        : Optional.of(text.substring(at + 1));
        Kind kind = NAME.matcher(name).matches() ? Kind.REPOSITORY : Kind.UNREADABLE;
        return new ActionReference(kind, text, lower(name), ref, comment, span);
    }

    private static ActionReference image(String text, Optional<String> comment, Span span) {
        String image = text.substring("docker://".length());
        int digest = image.indexOf('@');
        int tag = image.indexOf(':', image.lastIndexOf('/') + 1);
        int cut = digest >= 0 ? digest : tag;
        return new ActionReference(
                Kind.IMAGE,
                text,
                cut < 0 ? image : image.substring(0, cut),
                cut < 0 ? Optional.empty() : Optional.of(image.substring(cut + 1)),
                comment,
                span);
    }

    /// Owner and repository do not depend on their case, the path in it does.
    private static String lower(String name) {
        String[] parts = name.split("/", 3);
        String repository = (parts[0] + (parts.length > 1 ? "/" + parts[1] : ""));
        return repository.toLowerCase(Locale.ROOT) + (parts.length > 2 ? "/" + parts[2] : "");
    }

    /// `owner/repository` in lower case.
    public String repository() {
        String[] parts = name.split("/", 3);
        return parts.length < 2 ? name : parts[0] + "/" + parts[1];
    }

    public String owner() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /// Whether the reference names one commit or one image for ever.
    public boolean isPinned() {
        return switch (kind) {
            case LOCAL, SELF -> true;
            case REPOSITORY -> ref.filter(r -> COMMIT.matcher(r).matches()).isPresent();
            case IMAGE -> ref.filter(r -> r.startsWith("sha256:")).isPresent();
            case UNREADABLE -> false;
        };
    }

    /// The version it says it is: the tag, or of a commit what the comment behind it says.
    public Optional<String> version() {
        return isPinned() ? comment.flatMap(ActionReference::versionIn) : ref;
    }

    private static Optional<String> versionIn(String comment) {
        var found = VERSION.matcher(comment);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /// The first number of its version, where it has one.
    public Optional<Integer> major() {
        return version()
                .map(v -> v.startsWith("v") ? v.substring(1) : v)
                .map(v -> v.split("[^0-9]", 2)[0])
                .filter(v -> !v.isEmpty() && v.length() <= 4)
                .map(Integer::parseInt);
    }
}
