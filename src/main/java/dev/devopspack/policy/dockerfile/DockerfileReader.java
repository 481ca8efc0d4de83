package dev.devopspack.policy.dockerfile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.devopspack.language.dockerfile.Dockerfile;
import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads Dockerfiles, known by their first instruction or by their name.
public final class DockerfileReader implements SubjectReader {

    /// `FROM image`, at most with a platform and a name: prose and other languages say more.
    private static final Pattern FROM =
            Pattern.compile(
                    "(?i)^FROM[ \\t]+(--[a-z]+=\\S+[ \\t]+)*\\S+([ \\t]+AS[ \\t]+\\S+)?[ \\t]*\\\\?$");

    private static final Pattern ARGUMENT =
            Pattern.compile("(?i)^ARG[ \\t]+[A-Za-z_][A-Za-z0-9_]*([ \\t]*=.*)?$");

    /// `Dockerfile`, `Dockerfile.prod`, `api.dockerfile`, `Containerfile-base`.
    private static final Pattern NAME =
            Pattern.compile("(^|.*[._-])(dockerfile|containerfile)([._-].*)?$");

    /// Files about Dockerfiles, in other languages.
    private static final Pattern OTHER =
            Pattern.compile(
                    ".*\\.(md|rst|adoc|html?|ya?ml|json|toml|tf|tfvars|hcl|py|js|ts|go|rb|sh|java|kt"
                            + "|rs|c|h|cpp|cs|php|pl|lua|vim|snap|xml|csv|sql|log|dockerignore"
                            + "|containerignore)$");

    @Override
    public Reading read(Map<String, String> texts) {
        List<Subject> subjects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> files = new HashSet<>();
        texts.forEach((name, text) -> {
            boolean named = isNamed(name);
            boolean looks = looksLikeOne(text);
            if (!named && !looks) {
                return;
            }
            Dockerfile file = Dockerfile.parse(text);
            if (!named && !file.problems().isEmpty() && isOther(file)) {
                return;
            }
            files.add(name);
            subjects.addAll(new DockerfileSubjects(name, file).all());
            if (looks || !isTemplate(text)) {
                file.problems()
                        .forEach(problem ->
                                problems.add(
                                        new Problem(
                                                name,
                                                problem.at().line(),
                                                problem.at().column(),
                                                problem.message())));
            }
        });
        return new Reading(subjects, problems, files);
    }

    private static boolean isNamed(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() && !OTHER.matcher(name).matches();
    }

    /// The first instruction is FROM, or ARG with FROM as the first other one.
    private static boolean looksLikeOne(String text) {
        int at = text.startsWith("\uFEFF") ? 1 : 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end).strip();
            at = end + 1;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher argument = ARGUMENT.matcher(line);
            if (!argument.matches()) {
                return FROM.matcher(line).matches();
            }
        }
        return false;
    }

    /// Other languages begin with FROM too; then instructions follow that no builder knows.
    private static boolean isOther(Dockerfile file) {
        return file.problems().stream()
                .anyMatch(problem -> problem.message().startsWith("there is no instruction"));
    }

    /// A program makes the Dockerfile out of it.
    private static boolean isTemplate(String text) {
        return text.contains("{{") || text.contains("{%") || text.contains("<%");
    }
}
