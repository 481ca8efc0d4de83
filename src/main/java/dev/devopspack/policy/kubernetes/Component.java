package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A program of Kubernetes itself that a container starts, with its flags.
///
/// @param program for example `kube-apiserver`
/// @param flags values by name without dashes; `true` where a flag has none
/// @param places where the flags stand in the object
record Component(
        Container container,
        String program,
        Map<String, String> flags,
        Map<String, List<String>> places) {

    private static final Set<String> PROGRAMS =
            Set.of(
                    "kube-apiserver",
                    "kube-controller-manager",
                    "kube-scheduler",
                    "kube-proxy",
                    "kubelet",
                    "etcd");

    /// One word of the command line and the item it stands in.
    private record Word(String text, List<String> path) {}

    static Optional<Component> of(Container container) {
        List<Word> words = words(container);
        Optional<String> program =
                words.stream()
                        .map(word -> word.text().substring(word.text().lastIndexOf('/') + 1))
                        .filter(PROGRAMS::contains)
                        .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> flags = new LinkedHashMap<>();
        Map<String, List<String>> places = new HashMap<>();
        String list = container.raw().isWritten("command") ? "command" : "args";
        List<String> start = new ArrayList<>(container.path());
        start.add(list);
        places.put("", start);
        for (int i = 0; i < words.size(); i++) {
            String text = words.get(i).text();
            if (!text.startsWith("--") && !text.matches("-[a-z][a-z0-9-]+(=.*)?")) {
                continue;
            }
            String flag = text.substring(text.startsWith("--") ? 2 : 1);
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            String value = equals < 0 ? "true" : unquoted(flag.substring(equals + 1));
            boolean valueFollows =
                    equals < 0 && i + 1 < words.size() && !words.get(i + 1).text().startsWith("-");
            flags.put(name, valueFollows ? unquoted(words.get(i + 1).text()) : value);
            places.put("flags." + name, words.get(i).path());
        }
        return Optional.of(new Component(container, program.get(), flags, places));
    }

    private static List<Word> words(Container container) {
        List<Word> words = new ArrayList<>();
        for (String list : List.of("command", "args")) {
            List<String> items = Values.texts(container.raw().get(list));
            for (int i = 0; i < items.size(); i++) {
                List<String> path = new ArrayList<>(container.path());
                path.addAll(List.of(list, String.valueOf(i)));
                for (String text : items.get(i).strip().split("\\s+")) {
                    words.add(new Word(text, path));
                }
            }
        }
        return words;
    }

    private static String unquoted(String value) {
        boolean quoted =
                value.length() > 1
                        && ((value.startsWith("\"") && value.endsWith("\""))
                                || (value.startsWith("'") && value.endsWith("'")));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    KubernetesSubject subject(Cluster cluster) {
        Map<String, Object> values = new LinkedHashMap<>();
        container.object().describe(values);
        values.put("program", program);
        values.put("container", container.name());
        values.put("flags", new Attributes(flags));
        values.put("enabledPlugins", list("enable-admission-plugins", "admission-control"));
        values.put("disabledPlugins", list("disable-admission-plugins"));
        values.put("authorizationModes", list("authorization-mode"));
        values.put("cipherSuites", list("tls-cipher-suites", "cipher-suites"));
        values.put("command", Values.texts(container.raw().get("command")));
        return new KubernetesSubject(
                "Component",
                container.object(),
                false,
                List.of(container.path()),
                places,
                values,
                cluster);
    }

    /// The comma-separated items of flags.
    private List<String> list(String... names) {
        List<String> items = new ArrayList<>();
        for (String name : names) {
            for (String item : flags.getOrDefault(name, "").split(",")) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        return items;
    }
}
