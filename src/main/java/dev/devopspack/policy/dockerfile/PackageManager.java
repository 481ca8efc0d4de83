package dev.devopspack.policy.dockerfile;

import com.google.re2j.Pattern;
import dev.devopspack.policy.dockerfile.BuildCommand.Argument;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a command asks a package manager to do.
///
/// @param manager its family's name, for example `pip` for `pip3`
/// @param verb what it is asked for, for example `install`; empty where nothing is
/// @param installs whether it installs named packages or what a project's file lists
/// @param refreshes whether it fetches the list of packages
/// @param packages the packages it names
/// @param unpinned those of them without a version
record PackageManager(
        String manager,
        String verb,
        boolean installs,
        boolean refreshes,
        List<String> packages,
        List<String> unpinned) {

    private static final Map<String, Set<String>> INSTALLING =
            Map.ofEntries(
                    Map.entry("apt-get", Set.of("install", "reinstall", "satisfy", "build-dep")),
                    Map.entry("apt", Set.of("install", "reinstall", "satisfy", "build-dep")),
                    Map.entry("aptitude", Set.of("install", "reinstall")),
                    Map.entry("apk", Set.of("add")),
                    Map.entry(
                            "yum",
                            Set.of(
                                    "install",
                                    "reinstall",
                                    "localinstall",
                                    "groupinstall",
                                    "group")),
                    Map.entry(
                            "dnf",
                            Set.of(
                                    "install",
                                    "in",
                                    "reinstall",
                                    "localinstall",
                                    "groupinstall",
                                    "group")),
                    Map.entry("zypper", Set.of("install", "in", "source-install", "si")),
                    Map.entry("pip", Set.of("install", "download", "wheel")),
                    Map.entry("npm", Set.of("install", "i", "add", "isntall", "in", "ins")),
                    Map.entry("yarn", Set.of("add", "install", "")),
                    Map.entry("pnpm", Set.of("add", "install", "i")),
                    Map.entry("gem", Set.of("install", "i")),
                    Map.entry("go", Set.of("install", "get", "run")));

    private static final Map<String, Set<String>> REFRESHING =
            Map.of(
                    "apt-get", Set.of("update"),
                    "apt", Set.of("update"),
                    "aptitude", Set.of("update"),
                    "apk", Set.of("update"),
                    "yum", Set.of("update", "makecache", "check-update"),
                    "dnf", Set.of("update", "makecache", "check-update"),
                    "zypper", Set.of("update", "refresh", "ref", "up"));

    private static final Pattern RPM_VERSION = Pattern.compile("-(\\d|.*-\\d|.*\\$)|-\\$|:\\d");
    private static final Pattern GO_PACKAGE = Pattern.compile("^[a-z0-9-]+(\\.[a-z0-9-]+)+/.*");
    private static final Set<String> MOVING_VERSIONS =
            Set.of(
                    "latest", "next", "beta", "alpha", "canary", "upgrade", "patch", "main",
                    "master", "head");

    static Optional<PackageManager> of(String program, Options options) {
        String manager = family(program);
        Set<String> installing = INSTALLING.get(manager);
        if (installing == null) {
            return Optional.empty();
        }
        int first = manager.equals("yarn") && options.operand(0).equals("global") ? 1 : 0;
        first +=
                (manager.equals("dnf") || manager.equals("yum"))
                                && options.operand(0).equals("module")
                        ? 1
                        : 0;
        String verb = options.operand(first);
        boolean installs =
                installing.contains(verb) && !(manager.equals("yarn") && options.has("--version"));
        List<Argument> named =
                installs && options.operands().size() > first + 1
                        ? options.operands().subList(first + 1, options.operands().size())
                        : List.of();
        List<Argument> packages = packages(manager, verb, named, options);
        List<String> unpinned =
                packages.stream()
                        .filter(each -> !isOnlyVariable(each))
                        .map(Argument::text)
                        .filter(each -> !isPinned(manager, each, options, packages.size()))
                        .toList();
        return Optional.of(
                new PackageManager(
                        manager,
                        verb,
                        installs,
                        REFRESHING.getOrDefault(manager, Set.of()).contains(verb),
                        packages.stream().map(Argument::text).toList(),
                        unpinned));
    }

    /// Programs that take the same commands, by the name of the best known.
    static String family(String program) {
        return switch (program) {
            case "dnf5", "microdnf", "tdnf" -> "dnf";
            case "pip2", "pip3" -> "pip";
            default -> program.startsWith("pip3.") || program.startsWith("pip2.") ? "pip" : program;
        };
    }

    private static List<Argument> packages(
            String manager, String verb, List<Argument> named, Options options) {
        Stream<Argument> packages = named.stream().filter(each -> !each.text().isEmpty());
        if (manager.equals("go")) {
            packages = packages.limit(verb.equals("run") ? 1 : Long.MAX_VALUE);
            return packages.filter(each -> GO_PACKAGE.matcher(each.text()).matches()).toList();
        }
        boolean group = verb.startsWith("group") || verb.equals("build-dep") || verb.equals("si");
        boolean fromFile =
                manager.equals("pip") && options.has("-r", "--requirement", "-c", "--constraint");
        return group || fromFile ? List.of() : packages.toList();
    }

    /// A word that is nothing but variables may hold versions.
    private static boolean isOnlyVariable(Argument argument) {
        return argument.expands()
                && (argument.text().startsWith("$") || argument.text().startsWith("`"));
    }

    private static boolean isPinned(String manager, String name, Options options, int count) {
        return switch (manager) {
            case "apt-get", "apt", "aptitude" ->
                    name.contains("=")
                            || name.contains("/")
                            || name.endsWith(".deb")
                            || name.endsWith("-");
            case "apk" ->
                    name.contains("=")
                            || name.contains("~")
                            || name.contains("<")
                            || name.contains(">")
                            || name.startsWith("!")
                            || name.endsWith(".apk");
            case "yum", "dnf" ->
                    RPM_VERSION.matcher(name).find()
                            || name.endsWith(".rpm")
                            || name.contains("://")
                            || name.startsWith("@")
                            || name.contains("=")
                            || name.contains("<")
                            || name.contains(">");
            case "zypper" ->
                    name.contains("=")
                            || name.contains("<")
                            || name.contains(">")
                            || name.endsWith(".rpm")
                            || name.startsWith("-")
                            || name.startsWith("!");
            case "pip" -> isPinnedPython(name);
            case "npm", "yarn", "pnpm" -> isPinnedNode(name);
            case "gem" ->
                    name.contains(":")
                            || name.endsWith(".gem")
                            || (options.has("-v", "--version") && count == 1);
            default -> isPinnedGo(name);
        };
    }

    private static boolean isPinnedPython(String name) {
        if (name.contains("://") || name.startsWith("git+")) {
            return !name.startsWith("git+") || name.indexOf('@', name.indexOf("://") + 3) >= 0;
        }
        boolean local =
                name.startsWith(".")
                        || name.startsWith("/")
                        || name.startsWith("~")
                        || name.contains("/")
                        || name.endsWith(".whl")
                        || name.endsWith(".gz")
                        || name.endsWith(".zip");
        return local
                || name.contains("=")
                || name.contains("<")
                || name.contains(">")
                || name.contains("@");
    }

    private static boolean isPinnedNode(String name) {
        boolean repository =
                name.startsWith("git+")
                        || name.startsWith("git:")
                        || name.endsWith(".git")
                        || name.startsWith("github:");
        if (repository || name.contains(".git#")) {
            return name.contains("#");
        }
        boolean file =
                name.startsWith(".")
                        || name.startsWith("/")
                        || name.startsWith("~")
                        || name.startsWith("file:")
                        || name.endsWith("/")
                        || name.contains("://")
                        || name.endsWith(".tgz")
                        || name.endsWith(".tar.gz")
                        || name.endsWith(".tar");
        int at = name.indexOf('@', 1);
        return file || (at > 0 && !MOVING_VERSIONS.contains(name.substring(at + 1)));
    }

    private static boolean isPinnedGo(String name) {
        int at = name.indexOf('@');
        return at > 0 && !MOVING_VERSIONS.contains(name.substring(at + 1).toLowerCase(Locale.ROOT));
    }

    /// Whether it asks no question that nobody would answer.
    boolean asksNothing(Options options) {
        return switch (manager) {
            case "apt-get", "apt", "aptitude" ->
                    options.has("-y", "--yes", "--assume-yes", "--force-yes", "--assumeyes")
                            || options.quiet() > 1
                            || options.sets("--quiet", "2")
                            || options.settings().stream()
                                    .anyMatch(each ->
                                            each.toLowerCase(Locale.ROOT)
                                                    .contains("apt::get::assume-yes=true"));
            case "yum", "dnf" -> options.has("-y", "--assumeyes", "--yes");
            case "zypper" ->
                    options.has("-n", "--non-interactive", "-y", "--no-confirm", "--no-confirm");
            default -> true;
        };
    }
}
