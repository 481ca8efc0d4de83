package dev.devopspack.policy.dockerfile;

import dev.devopspack.policy.dockerfile.BuildCommand.Argument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The arguments of a command, told apart: options, their values, and the rest.
///
/// @param names every option by its name: `-y`, `--yes`; letters that are written together stand
///   alone
/// @param settings options with their values, written as `--option=value`
/// @param operands what is neither, in its order
/// @param quiet how often `-q` or `--quiet` is given
record Options(Set<String> names, List<String> settings, List<Argument> operands, int quiet) {

    private static final String PIP =
            "-r --requirement -c --constraint -e --editable -t --target -i --index-url"
                    + " --extra-index-url -f --find-links --root --prefix --src --trusted-host"
                    + " --proxy --timeout --retries --python-version --platform --abi"
                    + " --implementation --progress-bar --log --cache-dir --global-option"
                    + " --install-option --config-settings --build-option -b --build --only-binary"
                    + " --no-binary --upgrade-strategy --cert --client-cert --report --python -d"
                    + " --exists-action --use-feature --use-deprecated --root-user-action";
    private static final String RPM =
            "-c --config --releasever --setopt -x --exclude --installroot --repofrompath -d -e -R"
                    + " --enablerepo --disablerepo --repo --repoid --advisory --bz --cve --forcearch"
                    + " --comment --destdir --downloaddir --rpmverbosity --color";
    private static final String NPM =
            "--registry --prefix --tag --loglevel --cache --userconfig --globalconfig --workspace -w"
                    + " --omit --include --scope --install-strategy -C --cwd --mutex --network-timeout"
                    + " --cache-folder --modules-folder --network-concurrency --reporter --filter -F"
                    + " --dir --maxsockets --fetch-timeout --fetch-retries --before --otp";

    private static final Map<String, Set<String>> WITH_VALUE =
            Map.ofEntries(
                    entry(
                            "-t --target-release --default-release -o --option -c --config-file -a"
                                    + " --host-architecture --solver -P --build-profiles",
                            "apt-get"),
                    entry(
                            "-t --target-release --default-release -o --option -c --config-file -a"
                                    + " --host-architecture --solver",
                            "apt"),
                    entry(
                            "-t --virtual -X --repository -p --root --keys-dir --cache-dir"
                                    + " --repositories-file --wait --arch --progress-fd"
                                    + " --cache-max-age --timeout",
                            "apk"),
                    entry(RPM, "yum"),
                    entry(RPM, "dnf"),
                    entry(RPM, "dnf5"),
                    entry(RPM, "microdnf"),
                    entry(RPM, "tdnf"),
                    entry(
                            "-r --repo --from -t --type -R --root --installroot -c --config"
                                    + " -p --plus-repo --plus-content -C"
                                    + " --cache-dir --reposd-dir --pkg-cache-dir -D --releasever"
                                    + " --debug-level",
                            "zypper"),
                    entry(PIP, "pip"),
                    entry(NPM, "npm"),
                    entry(NPM, "yarn"),
                    entry(NPM, "pnpm"),
                    entry(
                            "-v --version -i --install-dir -n --bindir -P --trust-policy -s --source"
                                    + " --platform -p --http-proxy --document -B --build-root"
                                    + " --target-rbconfig --config-file -g --file --without",
                            "gem"),
                    entry(
                            "-o -p -mod -modfile -ldflags -gcflags -asmflags -tags -overlay -pkgdir"
                                    + " -toolexec -exec -C -buildmode -compiler -installsuffix",
                            "go"),
                    entry(
                            "-A --user-agent -b --cookie -c --cookie-jar -C --continue-at -d --data"
                                    + " --data-binary --data-raw --data-urlencode -D --dump-header -e"
                                    + " --referer -E --cert -F --form -H --header -K --config -m"
                                    + " --max-time -o --output -P -Q -r --range -t -T --upload-file"
                                    + " -u --user -U -w --write-out -x --proxy -X --request -y -Y -z"
                                    + " --cacert --capath --connect-timeout --retry --retry-delay"
                                    + " --retry-max-time --key --pass --proto --resolve --url"
                                    + " --output-dir --limit-rate --oauth2-bearer",
                            "curl"),
                    entry(
                            "-O --output-document -o --output-file -a --append-output -i -P"
                                    + " --directory-prefix -U --user-agent -t --tries -T --timeout -e"
                                    + " --header --post-data --user --password -Q -A -R -D -l -w",
                            "wget"),
                    entry(
                            "-u --uid -g --gid -G --groups -d --home -s --shell -c --comment -e -f -K -p -b -k -R -Z",
                            "useradd"),
                    entry("-s --shell", "chsh"),
                    entry(
                            "-u -g -G -d -s -c -l -e -f -p --shell --home --groups --gid --uid",
                            "usermod"),
                    entry("-m --mode -o -g -t", "install"),
                    entry("-f --file -C --directory -T -X --exclude -b", "tar"),
                    entry("-d -x -P", "unzip"),
                    entry("--reference --from", "chmod"));

    private static Map.Entry<String, Set<String>> entry(String options, String program) {
        return Map.entry(program, Set.of(options.split(" ")));
    }

    Options {
        names = Set.copyOf(names);
        settings = List.copyOf(settings);
        operands = List.copyOf(operands);
    }

    static Options of(String program, List<Argument> arguments) {
        Set<String> withValue = WITH_VALUE.getOrDefault(program, Set.of());
        // These know options of several letters behind one dash.
        boolean words = program.equals("go") || program.equals("find") || program.equals("java");
        Set<String> names = new LinkedHashSet<>();
        List<String> settings = new ArrayList<>();
        List<Argument> operands = new ArrayList<>();
        int quiet = 0;
        for (int i = 0; i < arguments.size(); i++) {
            String text = arguments.get(i).text();
            String next = i + 1 < arguments.size() ? arguments.get(i + 1).text() : "";
            if (text.equals("--")) {
                // Behind it gem takes options for the compiler.
                if (!program.equals("gem")) {
                    operands.addAll(arguments.subList(i + 1, arguments.size()));
                }
                break;
            } else if (text.startsWith("--") || (words && text.startsWith("-"))) {
                int equals = text.indexOf('=');
                String name = equals < 0 ? text : text.substring(0, equals);
                names.add(name);
                quiet += name.equals("--quiet") ? 1 : 0;
                if (equals >= 0) {
                    settings.add(text);
                } else if (withValue.contains(name)) {
                    settings.add(name + "=" + next);
                    i++;
                }
            } else if (text.startsWith("-") && text.length() > 1) {
                if (withValue.contains(text)) {
                    names.add(text);
                    settings.add(text + "=" + next);
                    i++;
                    continue;
                }
                names.add(text);
                for (int letter = 1; letter < text.length(); letter++) {
                    String name = "-" + text.charAt(letter);
                    names.add(name);
                    quiet += name.equals("-q") ? 1 : 0;
                    if (text.startsWith("=", letter + 1)) {
                        settings.add(name + text.substring(letter + 1));
                        quiet += text.equals("-q=2") ? 1 : 0;
                        break;
                    }
                    if (withValue.contains(name)) {
                        boolean here = letter + 1 < text.length();
                        settings.add(name + "=" + (here ? text.substring(letter + 1) : next));
                        i += here ? 0 : 1;
                        break;
                    }
                }
            } else {
                operands.add(arguments.get(i));
            }
        }
        return new Options(names, settings, operands, quiet);
    }

    boolean has(String... wanted) {
        for (String name : wanted) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    boolean sets(String name, String value) {
        return settings.contains(name + "=" + value);
    }

    String operand(int index) {
        return index < operands.size() ? operands.get(index).text() : "";
    }
}
