package dev.devopspack.adapter.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Programs that are installed on this machine.
final class OnPath {

    private OnPath() {}

    /// @param path the environment's `PATH`; places in it that depend on the current folder do not
    ///   count, since a folder that is looked at could hold a program of the same name
    static Optional<Path> find(String path, String name) {
        for (String place : path.split(File.pathSeparator, -1)) {
            for (String file : new String[] {name, name + ".exe"}) {
                Path program = Path.of(place, file);
                if (program.isAbsolute() && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }
}
