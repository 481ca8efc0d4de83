package dev.devopspack.gate.quality;

import dev.devopspack.policy.Finding;
import java.util.List;

/// Whether a root module may be given to terraform.
public sealed interface Clearance {

    record Cleared(ClearedModule module) implements Clearance {}

    /// It could act or read; terraform is not started.
    ///
    /// @param findings at least one
    record Refused(List<Finding> findings) implements Clearance {
        public Refused {
            findings = List.copyOf(findings);
        }
    }

    /// It is harmless, but terraform would need a provider that is not here.
    ///
    /// @param why names the providers
    record NotServed(String why) implements Clearance {}
}
