package dev.devopspack.specialist.incident;

import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A runbook of every kind of incident on every platform for every severity.
final class EveryRunbook {

    private EveryRunbook() {}

    /// @param what it is for, as a test's name says it
    record Case(String what, Runbook runbook, Artifacts files) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> all() {
        List<Case> all = new ArrayList<>();
        for (IncidentType type : IncidentType.values()) {
            for (Severity severity : Severity.values()) {
                places().forEach((name, service) -> {
                    all.add(of(name, type, severity, List.of(service)));
                });
            }
            all.add(
                    of(
                            "every place",
                            type,
                            Severity.HIGH,
                            places().values().stream()
                                    .limit(SituationReader.MAX_SERVICES)
                                    .toList()));
        }
        return all.stream();
    }

    static Case of(String name, IncidentType type, Severity severity, List<Object> services) {
        RunbookInput input =
                new RunbookInput(type, services, severity.label(), null, null, null, null, null);
        Runbook runbook = Runbook.of(SituationReader.read(input, type, services));
        return new Case(
                type.label() + " " + severity.label() + " " + name, runbook, runbook.files());
    }

    static Map<String, Object> places() {
        Map<String, Object> places = new LinkedHashMap<>();
        places.put("plain", "plain");
        places.put(
                "deployment", Map.of("name", "web", "namespace", "shop", "host", "shop.example"));
        for (String kind : List.of("statefulset", "daemonset")) {
            places.put(kind, Map.of("name", "a-" + kind, "workload", kind + "/agent"));
        }
        places.put("systemd", Map.of("name", "batch", "platform", "systemd"));
        for (Engine engine : Engine.values()) {
            String label = engine.name().toLowerCase(Locale.ROOT);
            places.put(
                    label,
                    Map.of("name", label, "platform", "managed_database", "database", label));
            for (Provider provider : Provider.values()) {
                if (engine != Engine.MARIADB || provider == Provider.AWS) {
                    String by = provider.name().toLowerCase(Locale.ROOT);
                    places.put(
                            label + " at " + by,
                            Map.of(
                                    "name",
                                    label + "-" + by,
                                    "platform",
                                    "managed_database",
                                    "database",
                                    label,
                                    "provider",
                                    by,
                                    "host",
                                    "db.example"));
                }
            }
        }
        return places;
    }
}
