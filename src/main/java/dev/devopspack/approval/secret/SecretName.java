package dev.devopspack.approval.secret;

import dev.devopspack.task.Environment;
import dev.devopspack.task.InvalidInput;
import java.util.regex.Pattern;

/// Which secret: what callers and models hold instead of its value.
///
/// @param place the namespace in the cluster, or the path in the store: one to four parts of lower
///   letters, digits and `-`, divided by `/`; a namespace is one part
/// @param name 1 to 63 lower-case letters, digits and `-`, as Kubernetes names objects
/// @param key of the value within the secret, for example `password`
public record SecretName(Environment environment, String place, String name, String key) {

    /// Where nobody says otherwise.
    public static final String USUAL_KEY = "password";

    private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
    private static final Pattern PLACE = Pattern.compile(LABEL + "(/" + LABEL + "){0,3}");
    private static final Pattern NAME = Pattern.compile(LABEL);

    /// What Kubernetes takes and a shell's variable does not choke on.
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

    public SecretName {
        if (!PLACE.matcher(place).matches()) {
            throw new InvalidInput(
                    "/place",
                    "this is no namespace and no path",
                    "Use lower-case letters, digits and '-', for example payments; a path in a"
                            + " store may have up to four parts divided by '/'.");
        }
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInput(
                    "/name",
                    "the secret's name is not usable",
                    "Use 1 to 63 lower-case letters, digits and '-', for example database.");
        }
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInput(
                    "/key",
                    "the key's name is not usable",
                    "Use letters, digits, '_', '.' and '-', beginning with a letter, for example"
                            + " password.");
        }
    }

    /// For example `secret://production/payments/database#password`: says which, and nothing of
    /// what.
    public String reference() {
        return "secret://" + environment.value() + "/" + place + "/" + name + "#" + key;
    }

    /// The place and the name alone.
    public String path() {
        return place + "/" + name;
    }
}
