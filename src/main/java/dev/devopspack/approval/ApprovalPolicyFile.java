package dev.devopspack.approval;

import dev.devopspack.approval.ApprovalPolicy.Kind;
import dev.devopspack.approval.ApprovalPolicy.Terms;
import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.language.data.DataReader;
import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the operator's own environments and what each of them asks for, on top of a policy.
///
/// What is not understood is refused with its line: a misspelt setting must not leave an
/// environment weaker than its operator believes.
public final class ApprovalPolicyFile {

    private static final String KIND = "kind";
    private static final String APPROVERS = "approvers";
    private static final String IF_ANONYMOUS = "approversIfAnonymous";
    private static final String DECIDE = "decideWithin";
    private static final String EXECUTE = "executeWithin";

    private static final Set<String> SETTINGS =
            Set.of(KIND, APPROVERS, IF_ANONYMOUS, DECIDE, EXECUTE);

    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private static final String EXAMPLE =
            """
            environments:
              production:
                kind: production
                approvers: 2
                decideWithin: 8h
              staging:
                kind: other
            """;

    private final String file;
    private final ApprovalPolicy base;

    private ApprovalPolicyFile(String file, ApprovalPolicy base) {
        this.file = file;
        this.base = base;
    }

    /// @param file its name, for messages
    /// @param base what holds for everything that the file does not say
    /// @return the policy with exactly the file's environments; none of them is inherited
    /// @throws InvalidInput with file and line, where the text says something else
    public static ApprovalPolicy read(String file, String text, ApprovalPolicy base) {
        return new ApprovalPolicyFile(file, base).read(text);
    }

    private ApprovalPolicy read(String text) {
        DataNode root;
        try {
            root = DataReader.read(text);
        } catch (DataException e) {
            throw new InvalidInput(file + ":" + e.place().line(), e.problem(), e.mend(), EXAMPLE);
        }
        DataNode.Mapping document = mapping(root, Set.of("environments"));
        if (!document.entries().containsKey("environments")) {
            throw refusal(root, "it names no environments", "List each with its kind.");
        }
        DataNode listed = document.entries().get("environments").value();
        if (!(listed instanceof DataNode.Mapping environments)) {
            throw refusal(listed, "'environments' is no object", "List each with its kind.");
        }
        Map<Environment, Kind> kinds = new HashMap<>();
        Map<Environment, Terms> own = new HashMap<>();
        environments
                .entries()
                .forEach((name, entry) -> {
                    Environment environment = environment(name, entry);
                    DataNode.Mapping settings = mapping(entry.value(), SETTINGS);
                    kinds.put(environment, kind(settings));
                    if (settings.entries().size() > 1) {
                        own.put(environment, terms(settings));
                    }
                });
        if (!kinds.containsValue(Kind.PRODUCTION)) {
            throw refusal(listed, "none of them is production", "Mark one as kind: production.");
        }
        return new ApprovalPolicy(
                base.name() + "-adapted",
                base.trial(),
                kinds,
                base.approvers(),
                base.approversIfAnonymous(),
                base.decideWithin(),
                base.executeWithin(),
                base.terraformCli(),
                own);
    }

    private Environment environment(String name, DataNode.Entry entry) {
        try {
            return new Environment(name);
        } catch (InvalidInput e) {
            throw new InvalidInput(file + ":" + entry.key().line(), e.problem(), e.mend(), EXAMPLE);
        }
    }

    private Kind kind(DataNode.Mapping settings) {
        DataNode.Entry entry = settings.entries().get(KIND);
        if (entry == null) {
            throw refusal(settings, "it has no 'kind'", "Say kind: production or kind: other.");
        }
        return switch (String.valueOf(entry.value().plain())) {
            case "production" -> Kind.PRODUCTION;
            case "other" -> Kind.OTHER;
            default -> throw refusal(entry.value(), "this is no kind", "Use production or other.");
        };
    }

    private Terms terms(DataNode.Mapping settings) {
        int approvers = count(settings, APPROVERS, base.approvers());
        int ifAnonymous =
                count(settings, IF_ANONYMOUS, Math.max(approvers, base.approversIfAnonymous()));
        try {
            return new Terms(
                    approvers,
                    ifAnonymous,
                    length(settings, DECIDE, base.decideWithin()),
                    length(settings, EXECUTE, base.executeWithin()));
        } catch (IllegalArgumentException e) {
            throw refusal(settings, String.valueOf(e.getMessage()), "Use values within these.");
        }
    }

    private int count(DataNode.Mapping settings, String name, int usual) {
        DataNode.Entry entry = settings.entries().get(name);
        if (entry == null) {
            return usual;
        }
        if (entry.value().plain() instanceof Long number
                && number >= 1
                && number <= ApprovalPolicy.MAX_APPROVERS) {
            return number.intValue();
        }
        throw refusal(
                entry.value(),
                "'" + name + "' is no number from 1 to " + ApprovalPolicy.MAX_APPROVERS,
                "Say how many people.");
    }

    private Duration length(DataNode.Mapping settings, String name, Duration usual) {
        DataNode.Entry entry = settings.entries().get(name);
        if (entry == null) {
            return usual;
        }
        Matcher length = LENGTH.matcher(String.valueOf(entry.value().plain()));
        if (!length.matches()) {
            throw refusal(
                    entry.value(), "'" + name + "' is no length of time", "Write 30m, 8h or 1d.");
        }
        long amount = Long.parseLong(length.group(1));
        return switch (length.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private DataNode.Mapping mapping(DataNode node, Set<String> allowed) {
        if (!(node instanceof DataNode.Mapping mapping)) {
            throw refusal(node, "this is no object", "Compare it with the example.");
        }
        mapping.entries()
                .forEach((name, entry) -> {
                    if (!allowed.contains(name)) {
                        throw new InvalidInput(
                                file + ":" + entry.key().line(),
                                "there is no setting '" + name + "'",
                                "Use "
                                        + String.join(", ", List.copyOf(new TreeSet<>(allowed)))
                                        + ".",
                                EXAMPLE);
                    }
                });
        return mapping;
    }

    private InvalidInput refusal(DataNode node, String problem, String mend) {
        return new InvalidInput(file + ":" + node.place().line(), problem, mend, EXAMPLE);
    }
}
