package dev.devopspack.specialist.incident;

import dev.devopspack.specialist.InputReader;
import dev.devopspack.specialist.Pointer;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads an input into narrow values, and writes down what nobody said.
final class SituationReader {

    /// More services than one person can look at in an incident.
    static final int MAX_SERVICES = 12;

    /// What fits on a page of links.
    static final int MAX_LINKS = 20;

    private static final Set<String> KINDS = Set.of("deployment", "statefulset", "daemonset");

    private final RunbookInput input;
    private final List<String> assumptions = new ArrayList<>();

    private SituationReader(RunbookInput input) {
        this.input = input;
    }

    static Situation read(RunbookInput input, IncidentType type, List<Object> services) {
        return new SituationReader(input).read(type, services);
    }

    private Situation read(IncidentType type, List<Object> given) {
        Severity severity = severity();
        List<Service> services = services(given);
        return new Situation(
                type,
                severity,
                services,
                database(),
                queue(type),
                contacts(),
                links(input.dashboards(), "/input/dashboards"),
                links(input.alerts(), "/input/alerts"),
                assumptions);
    }

    private Severity severity() {
        if (input.severity() == null) {
            assumptions.add("No severity was given: it is written for SEV2 (high).");
            return Severity.HIGH;
        }
        return Severity.of(input.severity(), "/input/severity");
    }

    private List<Service> services(List<Object> given) {
        if (given.size() > MAX_SERVICES) {
            throw new InvalidInput(
                    "/input/services",
                    "there are " + given.size() + " services",
                    "Name at most " + MAX_SERVICES + ", those that users notice first.");
        }
        List<Service> services = new ArrayList<>();
        Set<String> slugs = new TreeSet<>();
        for (int i = 0; i < given.size(); i++) {
            String pointer = Pointer.item("/input/services", i);
            Service service = service(serviceInput(given.get(i), pointer), pointer);
            if (!slugs.add(service.name().slug())) {
                throw new InvalidInput(
                        pointer,
                        "two services would have the file " + service.name().slug() + ".md",
                        "Give each a name of its own; case, '-' and '_' do not tell them apart.");
            }
            services.add(service);
        }
        List<String> plain = new ArrayList<>();
        for (Service service : services) {
            if (service.place() instanceof Place.Kubernetes at && at.namespace() == null) {
                plain.add(service.name().value());
            }
        }
        if (!plain.isEmpty()) {
            assumptions.add(
                    "No namespace was given for "
                            + Words.joined(plain)
                            + ": the blocks ask for NAMESPACE.");
        }
        return services;
    }

    private static ServiceInput serviceInput(Object given, String pointer) {
        return switch (given) {
            case String name ->
                    new ServiceInput(
                            name, null, null, null, null, null, null, null, null, null, null, null);
            case Map<?, ?> fields -> InputReader.read(ServiceInput.class, texts(fields), pointer);
            default -> throw InputReader.wrongType("a name or an object", given, pointer);
        };
    }

    private static Map<String, Object> texts(Map<?, ?> fields) {
        Map<String, Object> result = new LinkedHashMap<>();
        fields.forEach((key, value) -> {
            if (value != null) {
                result.put(String.valueOf(key), value);
            }
        });
        return result;
    }

    private Service service(ServiceInput given, String pointer) {
        ServiceName name = value(given.name(), ServiceName::new, pointer + "/name");
        return new Service(
                name,
                place(given, name, pointer),
                optional(given.host(), HostName::new, pointer + "/host"),
                optional(given.owner(), RoleName::new, pointer + "/owner"),
                links(given.dashboards(), pointer + "/dashboards"),
                links(given.alerts(), pointer + "/alerts"));
    }

    private Place place(ServiceInput given, ServiceName name, String pointer) {
        Platform platform = given.platform();
        if (platform == null) {
            platform = Platform.KUBERNETES;
            assumptions.add(
                    name
                            + ": no platform was given; the blocks are for Kubernetes, and its workload is"
                            + (given.workload() == null
                                    ? " deployment/" + name.slug() + "."
                                    : " " + Pointer.shown(given.workload()) + "."));
        }
        refuseStrangers(given, platform, pointer);
        return switch (platform) {
            case KUBERNETES -> kubernetes(given, name, pointer);
            case SYSTEMD ->
                    new Place.Systemd(
                            value(
                                    given.unit() == null ? name + ".service" : given.unit(),
                                    SystemdUnit::new,
                                    pointer + "/unit"));
            case MANAGED_DATABASE -> {
                Engine engine = given.database();
                if (engine == null) {
                    engine = Engine.POSTGRESQL;
                    assumptions.add(name + ": no database engine was given; PostgreSQL is taken.");
                }
                yield new Place.Managed(
                        new Database(
                                engine,
                                optional(given.host(), HostName::new, pointer + "/host"),
                                provider(given.provider(), engine, pointer + "/provider"),
                                optional(
                                        given.instance(), Identifier::new, pointer + "/instance")));
            }
        };
    }

    private static @Nullable Provider provider(
            @Nullable Provider provider, Engine engine, String pointer) {
        if (engine == Engine.MARIADB && (provider == Provider.GCP || provider == Provider.AZURE)) {
            throw new InvalidInput(
                    pointer,
                    "this provider runs no MariaDB",
                    "Leave the provider out, or name the engine that it is.");
        }
        return provider;
    }

    /// A field that says nothing on this platform was meant for another one.
    private static void refuseStrangers(ServiceInput given, Platform platform, String pointer) {
        Map<String, Object> misplaced = new LinkedHashMap<>();
        if (platform != Platform.KUBERNETES) {
            put(misplaced, "namespace", given.namespace());
            put(misplaced, "workload", given.workload());
        }
        if (platform != Platform.SYSTEMD) {
            put(misplaced, "unit", given.unit());
        }
        if (platform != Platform.MANAGED_DATABASE) {
            put(misplaced, "provider", given.provider());
            put(misplaced, "instance", given.instance());
        }
        misplaced.keySet().stream()
                .findFirst()
                .ifPresent(field -> {
                    throw new InvalidInput(
                            pointer + "/" + field,
                            "'"
                                    + field
                                    + "' says nothing of a service on "
                                    + platform.name().toLowerCase(java.util.Locale.ROOT),
                            "Leave it out, or name the platform that it belongs to.");
                });
    }

    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private static Place kubernetes(ServiceInput given, ServiceName name, String pointer) {
        KubernetesName namespace =
                optional(given.namespace(), KubernetesName::new, pointer + "/namespace");
        String workload = given.workload();
        if (workload == null) {
            return new Place.Kubernetes(namespace, "deployment", new KubernetesName(name.slug()));
        }
        int slash = workload.indexOf('/');
        String kind = slash < 0 ? "deployment" : workload.substring(0, slash);
        if (!KINDS.contains(kind)) {
            throw new InvalidInput(
                    pointer + "/workload",
                    "the kind '" + Pointer.shown(kind) + "' is not known",
                    "Use deployment/NAME, statefulset/NAME or daemonset/NAME.");
        }
        return new Place.Kubernetes(
                namespace,
                kind,
                value(workload.substring(slash + 1), KubernetesName::new, pointer + "/workload"));
    }

    /// The database of its own input, or the engine that a service says it uses.
    private @Nullable Database database() {
        DatabaseInput given = input.database();
        if (given != null) {
            Engine engine = given.engine() == null ? Engine.POSTGRESQL : given.engine();
            return new Database(
                    engine,
                    optional(given.host(), HostName::new, "/input/database/host"),
                    provider(given.provider(), engine, "/input/database/provider"),
                    optional(given.instance(), Identifier::new, "/input/database/instance"));
        }
        return usedEngine();
    }

    private @Nullable Database usedEngine() {
        for (Object given : input.services() == null ? List.of() : input.services()) {
            if (given instanceof Map<?, ?> fields
                    && fields.get("database") instanceof String name) {
                for (Engine engine : Engine.values()) {
                    if (engine.name().equalsIgnoreCase(name)) {
                        return new Database(engine, null, null, null);
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Queue queue(IncidentType type) {
        QueueInput given = input.queue();
        if (given == null) {
            if (type == IncidentType.QUEUE_BACKLOG) {
                assumptions.add(
                        "No queue was given: there are steps for RabbitMQ, Kafka and Amazon SQS; use"
                                + " those of yours.");
            }
            return null;
        }
        return new Queue(
                given.system(),
                optional(given.name(), Identifier::new, "/input/queue/name"),
                optional(given.group(), Identifier::new, "/input/queue/group"));
    }

    private Contacts contacts() {
        EscalationInput given =
                input.escalation() == null
                        ? new EscalationInput(null, null, null, null, null, null, null)
                        : input.escalation();
        RoleName database =
                input.database() == null || input.database().owner() == null
                        ? role(given.database(), "Database on-call", "database")
                        : value(input.database().owner(), RoleName::new, "/input/database/owner");
        return new Contacts(
                role(given.onCall(), "On-call engineer", "on_call"),
                role(given.secondary(), "Second on-call engineer", "secondary"),
                role(given.incidentCommander(), "Incident commander on duty", "incident_commander"),
                database,
                role(given.platform(), "Platform on-call", "platform"),
                role(given.communications(), "Communications lead on duty", "communications"),
                role(given.management(), "Head of engineering", "management"));
    }

    private static RoleName role(@Nullable String given, String otherwise, String field) {
        return given == null
                ? new RoleName(otherwise)
                : value(given, RoleName::new, "/input/escalation/" + field);
    }

    private static List<WebLink> links(@Nullable List<Object> given, String pointer) {
        if (given == null) {
            return List.of();
        }
        if (given.size() > MAX_LINKS) {
            throw new InvalidInput(
                    pointer,
                    "there are " + given.size() + " links",
                    "Give at most " + MAX_LINKS + ", those one opens first.");
        }
        List<WebLink> links = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            links.add(link(given.get(i), Pointer.item(pointer, i)));
        }
        return links;
    }

    private static WebLink link(Object given, String pointer) {
        LinkInput link =
                switch (given) {
                    case String url -> new LinkInput(null, url);
                    case Map<?, ?> fields ->
                            InputReader.read(LinkInput.class, texts(fields), pointer);
                    default ->
                            throw InputReader.wrongType(
                                    "a URL or an object with title and url", given, pointer);
                };
        try {
            return WebLink.of(link.title(), link.url());
        } catch (InvalidInput e) {
            throw given instanceof String
                    ? new InvalidInput(pointer, e.problem(), e.mend())
                    : e.within(pointer + "/");
        }
    }

    private static <T> @Nullable T optional(
            @Nullable String given, Function<String, T> make, String pointer) {
        return given == null ? null : value(given, make, pointer);
    }

    private static <T> T value(String given, Function<String, T> make, String pointer) {
        try {
            return make.apply(given);
        } catch (InvalidInput e) {
            throw new InvalidInput(pointer, e.problem(), e.mend());
        }
    }
}
