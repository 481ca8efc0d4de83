package dev.devopspack.policy.kubernetes;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.language.dockerfile.ImageName;
import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A container of a pod, with what it inherits from the pod.
///
/// @param index in its list
record Container(KubernetesObject object, PodTemplate pod, Role role, int index, Attributes raw) {

    /// Which list of the pod it stands in.
    enum Role {
        MAIN("containers"),
        INIT("initContainers"),
        EPHEMERAL("ephemeralContainers");

        private final String field;

        Role(String field) {
            this.field = field;
        }

        String field() {
            return field;
        }
    }

    /// What a container takes from its pod where it says nothing itself.
    private static final List<String> INHERITED =
            List.of(
                    "runAsUser",
                    "runAsGroup",
                    "runAsNonRoot",
                    "seccompProfile",
                    "appArmorProfile",
                    "seLinuxOptions",
                    "windowsOptions");

    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_DEFAULT =
            "seccomp.security.alpha.kubernetes.io/defaultProfileName";
    private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";

    String name() {
        return Values.text(raw, "name");
    }

    List<String> path() {
        return pod.with("spec", role.field(), String.valueOf(index));
    }

    /// The words of its command and arguments.
    List<String> words() {
        List<String> words = new ArrayList<>(Values.texts(raw.get("command")));
        words.addAll(Values.texts(raw.get("args")));
        return words;
    }

    KubernetesSubject subject(Cluster cluster) {
        return new KubernetesSubject(
                "Container",
                object,
                false,
                List.of(path(), pod.specPath(), pod.path()),
                places(),
                values(),
                cluster);
    }

    private Map<String, List<String>> places() {
        Map<String, List<String>> places = new LinkedHashMap<>();
        for (String part : List.of("imageName", "imageTag", "imageDigest", "imageRegistry")) {
            places.put(part, with("image"));
        }
        places.put("requests", with("resources"));
        places.put("limits", with("resources"));
        places.put("addedCapabilities", with("securityContext", "capabilities", "add"));
        places.put("droppedCapabilities", with("securityContext", "capabilities"));
        places.put("seccomp", with("securityContext"));
        places.put("appArmor", pod.with("metadata", "annotations"));
        places.put("podAnnotations", pod.with("metadata", "annotations"));
        return places;
    }

    private List<String> with(String... steps) {
        List<String> path = new ArrayList<>(path());
        path.addAll(List.of(steps));
        return path;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(raw);
        values.put("name", name());
        values.put("role", role.name().toLowerCase(Locale.ROOT));
        putImage(values);
        values.put("imagePullPolicy", Values.knownText(raw, "imagePullPolicy"));
        values.put("command", Values.texts(raw.get("command")));
        values.put("args", Values.texts(raw.get("args")));
        values.put("words", words());
        for (String list : List.of("env", "envFrom", "ports")) {
            values.put(list, Values.objects(raw, list));
        }
        values.put("volumeMounts", mounts());
        values.put("resources", Values.object(raw, "resources"));
        values.put("requests", resources("requests"));
        values.put("limits", resources("limits"));
        putSecurity(values);
        values.put("workloadKind", object.kind());
        values.put("workloadName", object.name());
        values.put("namespace", object.namespace());
        values.put("pod", pod.spec());
        values.put("podSecurityContext", Values.object(pod.spec(), "securityContext"));
        values.put("podAnnotations", Values.object(pod.metadata(), "annotations"));
        values.put("podLabels", Values.object(pod.metadata(), "labels"));
        values.put("windows", isWindows());
        values.put("terraform", object.places().asBlocks());
        return values;
    }

    private Object resources(String which) {
        Object resources = raw.get("resources");
        if (resources instanceof CelUnknownSet
                || Values.object(raw, "resources").get(which) instanceof CelUnknownSet) {
            return resources instanceof CelUnknownSet
                    ? resources
                    : Values.object(raw, "resources").get(which);
        }
        return Values.object(Values.object(raw, "resources"), which);
    }

    private void putImage(Map<String, Object> values) {
        if (raw.get("image") instanceof CelUnknownSet unknown) {
            for (String part :
                    List.of("image", "imageName", "imageTag", "imageDigest", "imageRegistry")) {
                values.put(part, unknown);
            }
            return;
        }
        String whole = Values.text(raw, "image").strip();
        ImageName image = ImageName.of(whole);
        values.put("image", whole);
        values.put("imageName", image.repository());
        values.put("imageTag", image.tag());
        values.put("imageDigest", image.digest());
        values.put("imageRegistry", image.registry());
    }

    /// Each mount with the volume behind it: `volume`, and `hostPath` where it is the node's.
    private List<Attributes> mounts() {
        List<Attributes> volumes = Values.objects(pod.spec(), "volumes");
        List<Attributes> mounts = new ArrayList<>();
        for (Attributes mount : Values.objects(raw, "volumeMounts")) {
            Attributes volume =
                    volumes.stream()
                            .filter(each -> each.get("name").equals(mount.get("name")))
                            .findFirst()
                            .orElse(Values.NOTHING);
            Map<String, Object> joined = new LinkedHashMap<>(mount);
            joined.put("mountPath", Values.text(mount, "mountPath"));
            joined.put("volume", volume);
            joined.put("hostPath", Values.text(Values.object(volume, "hostPath"), "path"));
            mounts.add(new Attributes(joined));
        }
        return mounts;
    }

    private void putSecurity(Map<String, Object> values) {
        Attributes own = Values.object(raw, "securityContext");
        Attributes shared = Values.object(pod.spec(), "securityContext");
        Map<String, Object> effective = new LinkedHashMap<>(own);
        for (String field : INHERITED) {
            if (!own.isWritten(field) && shared.isWritten(field)) {
                effective.put(field, shared.get(field));
            }
        }
        values.put("securityContext", new Attributes(effective));
        values.put("ownSecurityContext", raw.get("securityContext"));
        Attributes capabilities = Values.object(own, "capabilities");
        values.put("addedCapabilities", capabilities(capabilities.get("add")));
        values.put("droppedCapabilities", capabilities(capabilities.get("drop")));
        Attributes annotations = Values.object(pod.metadata(), "annotations");
        Attributes podAnnotations = annotations.isEmpty() ? object.annotations() : annotations;
        values.put(
                "seccomp",
                Values.first(
                        profile(effective, "seccompProfile"),
                        podAnnotations.get(SECCOMP + name()),
                        podAnnotations.get(SECCOMP_POD),
                        podAnnotations.get(SECCOMP_DEFAULT),
                        ""));
        values.put(
                "appArmor",
                Values.first(
                        podAnnotations.get(APP_ARMOR + name()),
                        profile(effective, "appArmorProfile"),
                        ""));
    }

    private static Object profile(Map<String, Object> securityContext, String field) {
        Object profile = securityContext.get(field);
        return profile instanceof Attributes written
                ? Values.first(written.get("type"), NullValue.NULL_VALUE)
                : profile instanceof CelUnknownSet unknown ? unknown : NullValue.NULL_VALUE;
    }

    private static Object capabilities(Object list) {
        return list instanceof CelUnknownSet
                ? list
                : Values.texts(list).stream().map(Values::capability).toList();
    }

    private boolean isWindows() {
        return Values.text(Values.object(pod.spec(), "os"), "name").equals("windows")
                || Values.text(Values.object(pod.spec(), "nodeSelector"), "kubernetes.io/os")
                        .equals("windows");
    }
}
