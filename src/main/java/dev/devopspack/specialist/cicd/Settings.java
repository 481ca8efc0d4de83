package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.cicd.workflow.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects the variables and secrets that workflows read, so that what people are told to set is
/// what is read.
final class Settings {

    enum Kind {
        VARIABLE,
        SECRET
    }

    record Setting(Kind kind, String name, String meaning) {}

    /// Settings that are made in the same places.
    ///
    /// @param environments in the order of deployment; empty for the whole repository
    /// @param settings variables first, sorted by name
    record Group(List<String> environments, List<Setting> settings) {

        /// Where they are made, in words.
        String place() {
            return switch (environments.size()) {
                case 0 -> "the repository";
                case 1 -> "the environment " + environments.getFirst();
                default -> "the environments " + String.join(", ", environments);
            };
        }

        List<Setting> of(Kind kind) {
            return settings.stream().filter(setting -> setting.kind() == kind).toList();
        }
    }

    private final Map<Setting, List<String>> environments = new LinkedHashMap<>();

    /// Read by a job without an environment as well: it sees only what the repository sets.
    private final Set<Setting> everywhere = new HashSet<>();

    /// @param scope the name of an environment; empty for the whole repository
    Value variable(String scope, String name, String meaning) {
        use(new Setting(Kind.VARIABLE, name, meaning), scope);
        return Value.variable(name);
    }

    /// @param scope the name of an environment; empty for the whole repository
    Value secret(String scope, String name, String meaning) {
        use(new Setting(Kind.SECRET, name, meaning), scope);
        return Value.secret(name);
    }

    private void use(Setting setting, String scope) {
        List<String> known = environments.computeIfAbsent(setting, _ -> new ArrayList<>());
        if (scope.isEmpty()) {
            everywhere.add(setting);
        } else if (!known.contains(scope)) {
            known.add(scope);
        }
    }

    /// Those of the repository first, then those of most environments.
    List<Group> groups() {
        Map<List<String>, List<Setting>> groups = new LinkedHashMap<>();
        environments.forEach((setting, scopes) ->
                groups.computeIfAbsent(
                                everywhere.contains(setting) ? List.of() : List.copyOf(scopes),
                                _ -> new ArrayList<>())
                        .add(setting));
        return groups.entrySet().stream()
                .map(group ->
                        new Group(
                                group.getKey(),
                                group.getValue().stream()
                                        .sorted(
                                                Comparator.comparing(Setting::kind)
                                                        .thenComparing(Setting::name))
                                        .toList()))
                .sorted(
                        Comparator.comparing((Group group) -> !group.environments().isEmpty())
                                .thenComparingInt(group -> -group.environments().size())
                                .thenComparing(group -> group.environments().toString()))
                .toList();
    }
}
