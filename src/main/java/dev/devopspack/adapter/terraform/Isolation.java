package dev.devopspack.adapter.terraform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How terraform is kept apart from the rest of the machine.
///
/// Where the kernel allows it, in a mount namespace whose root holds the terraform program, the
/// module's copy and the scratch folder, and nothing else: no home, no data folder, no `/etc`, no
/// shell. Elsewhere it runs in its own folder with an empty environment, and the check of foreign
/// files is what keeps it from reading. Memory and file sizes are bounded either way.
enum Isolation {
    NAMESPACE,
    FOLDER;

    /// 4 GiB of address space, in KiB: terraform needs about 1 GiB for the largest pack.
    private static final String MAX_ADDRESS_SPACE_KIB = "4194304";

    /// 64 MiB for any file that it writes, in blocks of 512 bytes: plans of large modules have a
    /// few MiB.
    private static final String MAX_FILE_BLOCKS = "131072";

    private static final String LIMITS =
            "ulimit -v "
                    + MAX_ADDRESS_SPACE_KIB
                    + " 2>/dev/null || :\nulimit -f "
                    + MAX_FILE_BLOCKS
                    + " 2>/dev/null || :\nulimit -c 0 2>/dev/null || :\n";

    private static final String FOLDER_SCRIPT = "set -eu\n" + LIMITS + "exec \"$@\"\n";

    /// Arguments: the new root, the module, the scratch folder, the program, then the program's
    /// arguments.
    private static final String NAMESPACE_SCRIPT =
            """
            set -eu
            root=$1 module=$2 scratch=$3 program=$4
            shift 4
            mount -t tmpfs -o size=1m,mode=755 none "$root"
            mkdir "$root/bin" "$root/dev" "$root/module" "$root/scratch"
            : >"$root/bin/terraform"
            : >"$root/dev/null"
            mount --bind "$program" "$root/bin/terraform"
            mount --bind /dev/null "$root/dev/null"
            mount --bind "$module" "$root/module"
            mount --bind "$scratch" "$root/scratch"
            """
                    + LIMITS
                    + """
                    unset PATH
                    cd "$root"
                    exec /usr/sbin/chroot "$root" /bin/terraform "$@"
                    """;

    /// The path by which terraform knows the module's copy.
    String module(Workspace workspace) {
        return this == NAMESPACE ? "/module" : workspace.module().toString();
    }

    /// The path by which terraform knows the scratch folder.
    String scratch(Workspace workspace) {
        return this == NAMESPACE ? "/scratch" : workspace.scratch().toString();
    }

    /// The whole command line that runs `program arguments` in the workspace.
    List<String> commandLine(Path program, Workspace workspace, List<String> arguments) {
        Stream<String> before =
                switch (this) {
                    case NAMESPACE ->
                            Stream.of(
                                    "/usr/bin/unshare",
                                    "--mount",
                                    "--map-root-user",
                                    "--",
                                    "/bin/sh",
                                    "-c",
                                    NAMESPACE_SCRIPT,
                                    "terraform",
                                    workspace.root().toString(),
                                    workspace.module().toString(),
                                    workspace.scratch().toString(),
                                    program.toString());
                    case FOLDER ->
                            Stream.of(
                                    "/bin/sh",
                                    "-c",
                                    FOLDER_SCRIPT,
                                    "terraform",
                                    program.toString());
                };
        List<String> line = new ArrayList<>(before.toList());
        line.addAll(arguments);
        return line;
    }

    /// What the script needs besides terraform's own environment.
    Map<String, String> environment() {
        return this == NAMESPACE ? Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin") : Map.of();
    }

    /// True if the programs that the script starts are where it looks for them.
    static boolean namespaceToolsPresent() {
        return Stream.of("/usr/bin/unshare", "/bin/sh", "/usr/sbin/chroot")
                .allMatch(tool -> Files.isExecutable(Path.of(tool)));
    }
}
