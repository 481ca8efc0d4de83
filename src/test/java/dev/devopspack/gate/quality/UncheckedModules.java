package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifacts;
import java.util.List;

/// Makes modules that no check has cleared, to test what terraform's isolation does on its own.
public final class UncheckedModules {
    private UncheckedModules() {}

    public static ClearedModule of(Artifacts files, List<String> providers) {
        return new ClearedModule(files, "", providers, false);
    }
}
