package dev.devopspack.approval;

import dev.devopspack.change.Canonical;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Signs in-toto statements about a change set with the key of grants. None of them is a grant: the
/// predicate's type tells them apart.
public final class Statements {

    /// What the manifest is called among the subjects: no file can have this name.
    static final String MANIFEST_SUBJECT = "change-set:manifest";

    /// What the types of grants of every version begin with.
    private static final String GRANTS = "https://devopspack.dev/grant/";

    private final SigningKeys keys;

    public Statements(SigningKeys keys) {
        this.keys = keys;
    }

    /// A statement whose subjects are the files by their order, the plan file where one was given,
    /// and the manifest.
    ///
    /// @param predicate plain values that have a canonical form
    /// @return the DSSE envelope as text
    public String sign(ChangeSet changeSet, String predicateType, Map<String, Object> predicate) {
        if (predicateType.startsWith(GRANTS)) {
            throw new IllegalArgumentException("only people's decisions make a grant");
        }
        Map<String, Object> statement =
                Map.of(
                        "_type",
                        Grant.STATEMENT_TYPE,
                        "subject",
                        subjects(changeSet),
                        "predicateType",
                        predicateType,
                        "predicate",
                        predicate);
        return Envelope.sign(Canonical.bytes(statement), keys).text();
    }

    private static List<Map<String, Object>> subjects(ChangeSet changeSet) {
        List<Map<String, Object>> subjects = new ArrayList<>();
        changeSet
                .artifacts()
                .list()
                .forEach(file -> subjects.add(subject(file.name().value(), file.digest())));
        Digest plan = changeSet.planFile();
        if (plan != null) {
            subjects.add(subject(Grant.PLAN_SUBJECT, plan));
        }
        subjects.add(subject(MANIFEST_SUBJECT, changeSet.digest()));
        return subjects;
    }

    private static Map<String, Object> subject(String name, Digest digest) {
        return Map.of("name", name, "digest", Map.of("sha256", digest.hex()));
    }
}
