/// The rule engine: rules, the catalogue, findings, scans, suppressions, controls, SARIF, detection
/// of secrets. Judges any set of artifacts, whoever wrote it; knows no gate, no approval and no
/// storage. A rule is a file; what CEL cannot say is a named function written once here.
@NullMarked
package dev.devopspack.policy;

import org.jspecify.annotations.NullMarked;
