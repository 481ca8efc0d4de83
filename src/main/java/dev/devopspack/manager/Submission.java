package dev.devopspack.manager;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.CommitAuthor;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.StackName;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files that a caller wrote, to be frozen as a change set.
///
/// @param planFile the exact `terraform plan -out` file, where given: only its hash and masked JSON
///   are kept, never its bytes
/// @param planJson `terraform show -json` of a plan, where given without the file, with its numbers
///   as they were written: marked as submitted, not derived
/// @param repository an https address, where known
/// @param commit the full commit id, where known
/// @param claims why, in the caller's own words
/// @param authors of its commits, as the caller names them: nobody checks it, and it can only keep
///   people from approving
public record Submission(
        StackName stack,
        Environment environment,
        Artifacts artifacts,
        byte @Nullable [] planFile,
        @Nullable String planJson,
        @Nullable String repository,
        @Nullable String commit,
        List<String> claims,
        Set<CommitAuthor> authors) {

    /// A commit has one author, a pull request some dozen.
    private static final int MAX_AUTHORS = 100;

    /// One of which nobody knows who wrote it.
    public Submission(
            StackName stack,
            Environment environment,
            Artifacts artifacts,
            byte @Nullable [] planFile,
            @Nullable String planJson,
            @Nullable String repository,
            @Nullable String commit,
            List<String> claims) {
        this(
                stack,
                environment,
                artifacts,
                planFile,
                planJson,
                repository,
                commit,
                claims,
                Set.of());
    }

    /// A claim is a sentence for a person to read.
    private static final int MAX_CLAIM_LENGTH = 500;

    private static final int MAX_CLAIMS = 20;

    private static final Pattern REPOSITORY =
            Pattern.compile("https://[A-Za-z0-9.-]{1,200}(/[A-Za-z0-9._~-]{1,100}){1,8}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public Submission {
        claims = List.copyOf(claims);
        authors = Set.copyOf(authors);
        if (authors.size() > MAX_AUTHORS) {
            throw new InvalidInput(
                    "authors",
                    "there are more than " + MAX_AUTHORS,
                    "Name those of the commits since the last release.");
        }
        if (planFile != null && planJson != null) {
            throw new InvalidInput(
                    "plan",
                    "there are a plan file and a plan JSON",
                    "Give one: the file says more.");
        }
        if (repository != null && !REPOSITORY.matcher(repository).matches()) {
            throw new InvalidInput(
                    "repository",
                    "this is no repository's address",
                    "Use its https address, for example https://github.com/acme/infra.");
        }
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            throw new InvalidInput(
                    "commit", "this is no full commit id", "Use the 40 or 64 hexadecimal digits.");
        }
        if (claims.size() > MAX_CLAIMS
                || claims.stream().anyMatch(claim -> claim.length() > MAX_CLAIM_LENGTH)) {
            throw new InvalidInput(
                    "claims",
                    "there are too many claims or one is too long",
                    "Give at most "
                            + MAX_CLAIMS
                            + ", each of "
                            + MAX_CLAIM_LENGTH
                            + " characters.");
        }
        claims = claims.stream().map(claim -> Hidden.marked(claim).strip()).toList();
    }
}
