package dev.devopspack.specialist.incident;

import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Tells which playbook a runbook was made from.
final class Catalogue {

    private static final Map<String, Digest> KNOWN = new ConcurrentHashMap<>();

    private Catalogue() {}

    /// The digest of this kind's runbook on every platform: another sentence or command is another
    /// catalogue.
    static Digest digest(IncidentType type, Severity severity) {
        return KNOWN.computeIfAbsent(
                type.label() + " " + severity.label(), _ -> worked(type, severity));
    }

    private static Digest worked(IncidentType type, Severity severity) {
        List<Object> services = everyPlatform();
        RunbookInput input =
                new RunbookInput(type, services, severity.label(), null, null, null, null, null);
        StringBuilder all = new StringBuilder();
        Runbook.of(SituationReader.read(input, type, services))
                .files()
                .forEach(file -> all.append(file.digest().hex()));
        return Digest.of(all.toString());
    }

    private static List<Object> everyPlatform() {
        List<Object> services = new ArrayList<>();
        services.add(Map.of("name", "a", "platform", "kubernetes"));
        services.add(Map.of("name", "b", "platform", "systemd"));
        for (Engine engine : List.of(Engine.POSTGRESQL, Engine.MYSQL)) {
            for (Provider provider : Provider.values()) {
                services.add(
                        Map.of(
                                "name",
                                "c-" + label(engine) + "-" + label(provider),
                                "platform",
                                "managed_database",
                                "database",
                                label(engine),
                                "provider",
                                label(provider)));
            }
        }
        return services;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
