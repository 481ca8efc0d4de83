package dev.devopspack.policy;

import dev.devopspack.language.data.ShippedFile;
import dev.devopspack.task.InvalidInput;
import dev.devopspack.task.Nearest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The profiles that ship with the program, over the rules that are in force. Each is read when it
/// is asked for.
public final class ComplianceProfiles {

    public static final String BASELINE = "baseline";

    /// The class path cannot list a folder inside a jar.
    private static final List<String> NAMES =
            List.of(
                    BASELINE,
                    "cis-aws",
                    "cis-azure",
                    "cis-gcp",
                    "cis-github",
                    "cis-kubernetes",
                    "hipaa",
                    "iso-27001",
                    "nist-800-53",
                    "pci-dss",
                    "soc2");

    private final RuleCatalog catalog;
    private final Map<String, ComplianceProfile> read = new ConcurrentHashMap<>();

    public ComplianceProfiles(RuleCatalog catalog) {
        this.catalog = catalog;
    }

    /// In the order of the alphabet.
    public List<String> names() {
        return NAMES;
    }

    public ComplianceProfile baseline() {
        return find(BASELINE, BASELINE);
    }

    /// @param where who named it, for the message
    /// @throws InvalidInput where there is none of this name; says which there are
    public ComplianceProfile find(String name, String where) {
        if (!NAMES.contains(name)) {
            List<String> near = Nearest.to(name, NAMES, 1);
            throw new InvalidInput(
                    where,
                    "there is no profile '" + Shown.of(name) + "'",
                    (near.isEmpty() ? "" : "Did you mean '" + near.getFirst() + "'? ")
                            + "There are: "
                            + String.join(", ", NAMES)
                            + ".");
        }
        return read.computeIfAbsent(name, this::shipped);
    }

    private ComplianceProfile shipped(String name) {
        String file = "profiles/" + name + ".yaml";
        return ComplianceProfile.read(file, ShippedFile.bytes("/" + file), catalog);
    }
}
