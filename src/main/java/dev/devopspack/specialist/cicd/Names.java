package dev.devopspack.specialist.cicd;

import dev.devopspack.specialist.Pointer;
import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// The shapes of what a caller names. Each is so narrow that it means the same in YAML, in bash and
/// in an expression.
final class Names {

    private static final Pattern BRANCH =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*([./][A-Za-z0-9_-]+)*");
    private static final Pattern FOLDER =
            Pattern.compile("[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*){0,4}");
    private static final Pattern COMPONENT = Pattern.compile("[a-z]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final Pattern TASK =
            Pattern.compile("[A-Za-z][A-Za-z0-9_-]*([:.][A-Za-z0-9_-]+)*");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){0,2}");

    /// Longer names are no names that people gave.
    private static final int LONGEST = 100;

    private Names() {}

    static String branch(String given, String pointer) {
        return checked(
                BRANCH,
                given,
                pointer,
                "Use letters, digits, '_' and '-', divided by '.' or '/', for example main.");
    }

    static String folder(String given, String pointer) {
        return checked(
                FOLDER,
                given,
                pointer,
                "Use a relative folder of lower-case letters, digits, '-' and '_', for example"
                        + " apps/web.");
    }

    /// The last part of a component's folder.
    static String component(String folder, String pointer) {
        return checked(
                COMPONENT,
                folder.substring(folder.lastIndexOf('/') + 1),
                pointer,
                "Let the folder end with 1 to 40 lower-case letters, digits or '-', starting with"
                        + " a letter, for example apps/web.");
    }

    static String task(String given, String pointer) {
        return checked(
                TASK,
                given,
                pointer,
                "Use letters, digits, '_' and '-', divided by ':' or '.', for example lint:ci.");
    }

    static String version(String given, String pointer) {
        return checked(
                VERSION, given, pointer, "Use one to three numbers, for example 24 or 3.13.");
    }

    private static String checked(Pattern shape, String given, String pointer, String mend) {
        if (given.length() > LONGEST || !shape.matcher(given).matches()) {
            throw new InvalidInput(
                    pointer, "'" + Pointer.shown(given) + "' is not usable here", mend);
        }
        return given;
    }
}
