package dev.devopspack.policy.compose;

import dev.devopspack.language.Span;
import dev.devopspack.language.dockerfile.ImageName;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.NotKnown;
import dev.devopspack.policy.subject.PlainSubject;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The subjects of one Compose file.
final class ComposeSubjects {

    private final String file;
    private final YamlNode root;
    private final List<Subject> all = new ArrayList<>();

    ComposeSubjects(String file, YamlNode root) {
        this.file = file;
        this.root = root;
    }

    List<Subject> all() {
        List<Service> services = root.get("services").map(Service::of).orElse(List.of());
        Set<String> shared = shared(services);
        services.forEach(service -> addService(service, shared));
        root.get("volumes")
                .ifPresent(volumes ->
                        volumes.entries().forEach((name, entry) -> addVolume(name, entry)));
        return all;
    }

    /// The volumes and folders that more than one service mounts.
    private static Set<String> shared(List<Service> services) {
        Set<String> seen = new HashSet<>();
        Set<String> shared = new HashSet<>();
        for (Service service : services) {
            Set<String> own = new HashSet<>();
            mounts(service).forEach(mount -> own.add(mount.source()));
            own.stream().filter(each -> !each.isEmpty() && !seen.add(each)).forEach(shared::add);
        }
        return shared;
    }

    private static List<Mount> mounts(Service service) {
        return service.at("volumes").map(YamlNode::items).orElse(List.of()).stream()
                .map(Mount::of)
                .toList();
    }

    private void addService(Service service, Set<String> shared) {
        Map<String, Object> self = new LinkedHashMap<>();
        Map<String, Span> places = new HashMap<>();
        self.put("name", service.name());
        image(service, self, places);
        for (String key :
                List.of("privileged", "read_only", "tty", "stdin_open", "oom_kill_disable")) {
            put(self, places, service, key, ComposeValues.flag(service.at(key)));
        }
        for (String key :
                List.of(
                        "network_mode",
                        "pid",
                        "ipc",
                        "uts",
                        "userns_mode",
                        "cgroup",
                        "cgroup_parent",
                        "user",
                        "restart")) {
            put(self, places, service, key, ComposeValues.text(service.at(key)));
        }
        for (String key :
                List.of("cap_add", "cap_drop", "security_opt", "devices", "device_cgroup_rules")) {
            put(self, places, service, key, ComposeValues.texts(service.at(key)));
        }
        self.put("capabilities", capabilities(service));
        written(service, self, places, "security_opt", "hardened");
        written(service, self, places, "cap_drop", "drops");
        self.put(
                "environment",
                new Attributes(ComposeValues.environment(service.at("environment"))));
        places.put("environment", service.place("environment"));
        health(service, self, places);
        limits(service, self, places);
        restarts(service, self, places);
        addSubject(
                "compose/Service",
                service.name(),
                true,
                service.span(),
                end(service),
                places,
                self);
        addPorts(service);
        addMounts(service, shared);
    }

    private static void put(
            Map<String, Object> self,
            Map<String, Span> places,
            Service service,
            String key,
            Object value) {
        self.put(key, value);
        places.put(key, service.place(key));
    }

    /// Whether something is written, or not known where another file may write it.
    private static void written(
            Service service,
            Map<String, Object> self,
            Map<String, Span> places,
            String key,
            String as) {
        self.put(as, present(service, service.at(key).isPresent()));
        places.put(as, service.place(key));
    }

    private static Object present(Service service, boolean present) {
        return present || !service.elsewhere()
                ? present
                : NotKnown.because("'" + service.name() + "' extends a service of another file");
    }

    /// Added capabilities in capitals and without prefix.
    private static List<String> capabilities(Service service) {
        return ComposeValues.texts(service.at("cap_add")).stream()
                .map(each -> each.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
                .toList();
    }

    private static void image(Service service, Map<String, Object> self, Map<String, Span> places) {
        String written = service.at("image").flatMap(YamlNode::text).orElse("");
        Optional<String> known = ComposeValues.expanded(written);
        ImageName name = ImageName.of(known.orElse(written));
        Object unknown = NotKnown.because("the variable in '" + written + "' has no default");
        boolean versioned = !name.tag().isEmpty() || !name.digest().isEmpty();
        self.put("image", written);
        self.put("built", service.at("build").isPresent());
        self.put("versioned", versioned || known.isPresent() ? versioned : unknown);
        boolean variable = known.isEmpty() && (name.tag().contains("$") || name.tag().isEmpty());
        self.put(
                "latest",
                !name.digest().isEmpty()
                        ? false
                        : variable ? unknown : name.tag().equals("latest"));
        for (String key : List.of("image", "versioned", "latest")) {
            places.put(key, service.place("image"));
        }
    }

    private static void health(
            Service service, Map<String, Object> self, Map<String, Span> places) {
        Optional<YamlNode> check = service.at("healthcheck");
        boolean off =
                ComposeValues.flag(service.at("healthcheck", "disable")).equals(true)
                        || ComposeValues.texts(service.at("healthcheck", "test"))
                                .equals(List.of("NONE"));
        self.put("healthcheck", present(service, check.isPresent() && !off));
        places.put("healthcheck", service.place("healthcheck"));
    }

    private static void limits(
            Service service, Map<String, Object> self, Map<String, Span> places) {
        limit(service, self, places, "memory", "mem_limit");
        limit(
                service,
                self,
                places,
                "cpus",
                "cpus",
                "cpu_quota",
                "cpuset",
                "cpu_count",
                "cpu_percent");
        limit(service, self, places, "pids", "pids_limit");
    }

    private static void limit(
            Service service,
            Map<String, Object> self,
            Map<String, Span> places,
            String resource,
            String... old) {
        boolean limited =
                service.at("deploy", "resources", "limits", resource)
                        .filter(ComposeSubjects::isLimit)
                        .isPresent();
        Span place = service.place("deploy", "resources", "limits", resource);
        for (String key : old) {
            Optional<YamlNode> value = service.at(key);
            if (value.isPresent()) {
                limited |= isLimit(value.get());
                place = service.place(key);
            }
        }
        self.put(resource, present(service, limited));
        places.put(resource, place);
    }

    private static boolean isLimit(YamlNode node) {
        String text = node.text().orElse("");
        return !text.isEmpty() && !text.equals("0") && !text.startsWith("-");
    }

    private static void restarts(
            Service service, Map<String, Object> self, Map<String, Span> places) {
        Object restart = ComposeValues.text(service.at("restart"));
        String text = restart instanceof String known ? known : "";
        if (text.startsWith("on-failure")) {
            self.put("attempts", number(text.substring(Math.min(11, text.length()))));
            places.put("attempts", service.place("restart"));
        } else if (service.at("deploy", "restart_policy", "condition")
                .flatMap(YamlNode::text)
                .filter("on-failure"::equals)
                .isPresent()) {
            self.put(
                    "attempts",
                    number(
                            service.at("deploy", "restart_policy", "max_attempts")
                                    .flatMap(YamlNode::text)
                                    .orElse("")));
            places.put("attempts", service.place("deploy", "restart_policy", "max_attempts"));
        }
    }

    /// Zero where nothing limits it.
    private static long number(String text) {
        boolean digits =
                !text.isEmpty()
                        && text.length() < 8
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : 0;
    }

    private void addPorts(Service service) {
        for (YamlNode node : service.at("ports").map(YamlNode::items).orElse(List.of())) {
            Port port = Port.of(node);
            Map<String, Object> self = new LinkedHashMap<>();
            self.put("service", service.name());
            self.put("text", port.text());
            self.put("address", port.address());
            self.put("published", known(port.published(), port));
            self.put("target", known(port.target(), port));
            self.put("last", known(port.last(), port));
            addSubject(
                    "compose/Port",
                    service.name(),
                    false,
                    port.span(),
                    port.span(),
                    Map.of(),
                    self);
        }
    }

    private static Object known(long number, Port port) {
        return number == Port.NOT_KNOWN
                ? NotKnown.because("the port '" + port.text() + "' is not known")
                : (Object) number;
    }

    private void addMounts(Service service, Set<String> shared) {
        for (Mount mount : mounts(service)) {
            Map<String, Object> self = new LinkedHashMap<>();
            self.put("service", service.name());
            self.put("type", mount.type());
            self.put("source", mount.source());
            self.put("target", mount.target());
            self.put("readOnly", mount.readOnly());
            self.put("propagation", mount.propagation());
            self.put("shared", shared.contains(mount.source()));
            addSubject(
                    "compose/Mount",
                    service.name(),
                    false,
                    mount.span(),
                    mount.span(),
                    Map.of("propagation", mount.propagationSpan()),
                    self);
        }
    }

    private void addVolume(String name, YamlNode.Entry entry) {
        Map<String, Object> self = new LinkedHashMap<>();
        Map<String, Span> places = new HashMap<>();
        self.put("name", name);
        Optional<YamlNode> options = entry.value().get("driver_opts");
        String path =
                options.flatMap(each -> each.get("mountpoint").or(() -> each.get("device")))
                        .flatMap(YamlNode::text)
                        .orElse("");
        self.put("path", ComposeValues.expanded(path).orElse(path));
        options.ifPresent(each ->
                each.entries()
                        .forEach((key, option) -> {
                            if (key.equals("mountpoint") || key.equals("device")) {
                                places.put("path", option.node().span());
                            }
                        }));
        addSubject(
                "compose/Volume",
                name,
                false,
                entry.node().span(),
                entry.value().span(),
                places,
                self);
    }

    private static Span end(Service service) {
        return service.node().span();
    }

    private void addSubject(
            String kind,
            String address,
            boolean counted,
            Span start,
            Span end,
            Map<String, Span> places,
            Map<String, Object> self) {
        Map<String, Subject.Place> known = new HashMap<>();
        places.forEach((path, span) -> known.put(path, place(span)));
        all.add(
                new PlainSubject(
                        kind,
                        address,
                        counted,
                        place(start),
                        Math.max(start.line(), end.endLine()),
                        known,
                        self,
                        Subject.Surroundings.NONE));
    }

    private Subject.Place place(Span span) {
        return new Subject.Place(file, span.line(), span.column());
    }
}
