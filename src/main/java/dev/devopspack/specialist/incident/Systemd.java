package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;

/// Commands for what systemd runs. They are run on the machine itself.
final class Systemd {

    private static final String STATE =
            "--property=ActiveState,SubState,Result,NRestarts,ExecMainStatus,"
                    + "ExecMainStartTimestamp,MemoryCurrent,MemoryMax,TasksCurrent,LimitNOFILE";

    private Systemd() {}

    static Script state(Place.Systemd at) {
        return Script.of(
                systemctl("status", at.unit().value(), "--no-pager", "--full", "--lines=20"),
                systemctl("show", at.unit().value(), STATE));
    }

    static Invocation systemctl(String typed, Object... more) {
        return Invocation.typed("systemctl " + typed, more);
    }

    static Invocation sudo(String typed, Object... more) {
        return Invocation.typed("sudo " + typed, more);
    }

    /// @param pattern an extended regular expression of ours
    static Script logs(Place.Systemd at, String pattern, int minutes) {
        return Script.of(
                Pipeline.of(
                        journal(at, minutes),
                        Invocation.typed("grep -Ei", pattern),
                        Invocation.typed("tail -n 40")));
    }

    static Invocation journal(Place.Systemd at, int minutes) {
        return Invocation.of(
                "journalctl",
                "--unit=" + at.unit(),
                "--since=" + minutes + " min ago",
                "--no-pager",
                "--output=short-iso");
    }

    static Script usage() {
        return Script.of(
                Pipeline.of(Invocation.of("uptime")),
                Pipeline.of(Invocation.typed("free -m")),
                Pipeline.of(
                        Invocation.typed("ps -eo pid,user,%cpu,%mem,etime,args --sort=-%cpu"),
                        Invocation.typed("head -n 15")),
                Pipeline.of(Invocation.typed("vmstat 1 5")));
    }

    /// When it was started, by which definition, and what was installed lately.
    static Script history(Place.Systemd at) {
        return Script.of(
                Pipeline.of(
                        systemctl(
                                "show",
                                at.unit().value(),
                                "--property=ExecMainStartTimestamp,FragmentPath,DropInPaths,NeedDaemonReload")),
                Pipeline.of(
                        Invocation.typed(
                                "grep -hE",
                                "^(Start-Date|Commandline|Install|Upgrade|Remove)",
                                "/var/log/apt/history.log"),
                        Invocation.typed("tail -n 20")));
    }

    static Script isActive(Place.Systemd at) {
        return Script.of(
                Pipeline.of(systemctl("is-active", at.unit().value())),
                Pipeline.of(journal(at, 2), Invocation.typed("tail -n 20")));
    }

    static Script restart(Place.Systemd at) {
        return Script.of(sudo("systemctl restart", at.unit().value()));
    }

    static Script install(String variable) {
        return Script.of(
                        sudo(
                                "apt-get install --yes --allow-downgrades",
                                Word.joined(
                                        Word.variable("PACKAGE"),
                                        Word.text("="),
                                        Word.variable(variable))))
                .needing("PACKAGE", "Set PACKAGE to the package of the service")
                .needing(variable, "Set " + variable + " to a version that apt-cache policy lists");
    }
}
