package dev.devopspack.policy.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tells whether what a package manager keeps for next time stays in the image.
final class Caches {

    /// Where each keeps what it has fetched.
    private static final Map<String, List<String>> FOLDERS =
            Map.of(
                    "apt-get", List.of("/var/lib/apt/lists", "/var/lib/apt"),
                    "apt", List.of("/var/lib/apt/lists", "/var/lib/apt"),
                    "apk", List.of("/var/cache/apk", "/etc/apk/cache"),
                    "yum", List.of("/var/cache/yum", "/var/cache/dnf"),
                    "dnf",
                            List.of(
                                    "/var/cache/dnf",
                                    "/var/cache/yum",
                                    "/var/cache/libdnf5",
                                    "/var/cache/tdnf"),
                    "zypper", List.of("/var/cache/zypp"),
                    "pip", List.of("/root/.cache/pip", "~/.cache/pip", "$HOME/.cache/pip"),
                    "yarn",
                            List.of(
                                    "/root/.cache/yarn",
                                    "/usr/local/share/.cache/yarn",
                                    "~/.cache/yarn"));

    private static final Map<String, Set<String>> CLEANING =
            Map.of(
                    "yum", Set.of("clean"),
                    "dnf", Set.of("clean"),
                    "zypper", Set.of("clean", "cc"),
                    "apk", Set.of("cache"),
                    "pip", Set.of("cache"),
                    "yarn", Set.of("cache"));

    private final List<BuildCommand> commands;
    private final List<Options> options;
    private final List<String> mounted;

    /// @param mounts the values of the `--mount` options of the `RUN`
    Caches(List<BuildCommand> commands, List<String> mounts) {
        this.commands = commands;
        this.options =
                commands.stream()
                        .map(each -> Options.of(each.program(), each.arguments()))
                        .toList();
        this.mounted = mounts.stream().map(Caches::target).filter(each -> !each.isEmpty()).toList();
    }

    /// The folder of a cache or memory mount, else empty.
    private static String target(String mount) {
        Map<String, String> options = new HashMap<>();
        for (String option : mount.split(",")) {
            int equals = option.indexOf('=');
            if (equals > 0) {
                options.put(
                        option.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        option.substring(equals + 1).strip());
            }
        }
        String type = options.getOrDefault("type", "bind");
        return type.equals("cache") || type.equals("tmpfs")
                ? options.getOrDefault(
                        "target",
                        options.getOrDefault("dst", options.getOrDefault("destination", "")))
                : "";
    }

    List<BuildCommand> commands() {
        return commands;
    }

    /// @param index the command among those of its `RUN`
    boolean emptied(String manager, int index, Options own) {
        List<String> folders = FOLDERS.getOrDefault(manager, List.of());
        if (folders.isEmpty()) {
            return true;
        }
        boolean keepsNone =
                (manager.equals("apk") && own.has("--no-cache", "--cache-dir"))
                        || (manager.equals("pip") && own.has("--no-cache-dir", "--no-cache"));
        return keepsNone || isMounted(manager, folders) || isCleaned(manager, folders, index);
    }

    private boolean isMounted(String manager, List<String> folders) {
        return mounted.stream()
                .anyMatch(folder ->
                        folders.stream().anyMatch(each -> covers(folder, each))
                                || ((manager.equals("pip") || manager.equals("yarn"))
                                        && folder.contains("cache")));
    }

    private boolean isCleaned(String manager, List<String> folders, int index) {
        String folder = "";
        for (int i = 0; i < commands.size(); i++) {
            BuildCommand command = commands.get(i);
            if (command.program().equals("cd")) {
                folder = options.get(i).operand(0);
            }
            if (i <= index) {
                continue;
            }
            String family = PackageManager.family(command.program());
            boolean cleans =
                    CLEANING.getOrDefault(manager, Set.of()).contains(options.get(i).operand(0))
                            && (family.equals(manager)
                                    || (family.equals("yum") && manager.equals("dnf"))
                                    || (family.equals("dnf") && manager.equals("yum")));
            if (cleans || removes(command, options.get(i), folder, folders)) {
                return true;
            }
        }
        return false;
    }

    private static boolean removes(
            BuildCommand command, Options options, String folder, List<String> folders) {
        boolean deletes =
                command.program().equals("rm")
                        || (command.program().equals("find")
                                && command.arguments().stream()
                                        .anyMatch(each -> each.text().equals("-delete")));
        return deletes
                && options.operands().stream()
                        .flatMap(each -> alternatives(each.text()).stream())
                        .map(each -> absolute(each, folder))
                        .anyMatch(path -> folders.stream().anyMatch(each -> covers(path, each)));
    }

    /// `/var/{lib/apt,cache}/x` as the paths it means.
    private static List<String> alternatives(String word) {
        int open = word.indexOf('{');
        int close = word.indexOf('}', open + 1);
        if (open < 0 || close < 0 || word.startsWith("${")) {
            return List.of(word);
        }
        List<String> all = new ArrayList<>();
        for (String each : word.substring(open + 1, close).split(",")) {
            all.add(word.substring(0, open) + each + word.substring(close + 1));
        }
        return all;
    }

    private static String absolute(String path, String folder) {
        boolean whole = path.startsWith("/") || path.startsWith("~") || path.startsWith("$");
        return whole || folder.isEmpty() ? path : withoutEnd(folder) + "/" + path;
    }

    private static boolean covers(String path, String folder) {
        String plain = withoutEnd(path);
        return plain.length() > 4 && (folder.startsWith(plain) || plain.startsWith(folder));
    }

    private static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0 && "/*.".indexOf(path.charAt(end - 1)) >= 0) {
            end--;
        }
        return path.substring(0, end);
    }
}
