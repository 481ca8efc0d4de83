package dev.devopspack.gate.quality;

import dev.devopspack.change.Artifacts;
import java.util.List;

/// A root module that may be given to terraform: [ForeignFileCheck] found nothing in it that acts
/// or reads.
///
/// Only that check makes one, so no other module can reach terraform.
public final class ClearedModule {
    private final Artifacts files;
    private final String root;
    private final List<String> providers;
    private final boolean ownBlueprint;

    ClearedModule(Artifacts files, String root, List<String> providers, boolean ownBlueprint) {
        this.files = files;
        this.root = root;
        this.providers = List.copyOf(providers);
        this.ownBlueprint = ownBlueprint;
    }

    /// All files of the change set: local modules may stand beside the root module.
    public Artifacts files() {
        return files;
    }

    /// The root module's folder, `/` between its parts; empty for the top.
    public String root() {
        return root;
    }

    /// Short names of the schema packs that serve its providers, in order.
    public List<String> providers() {
        return providers;
    }

    /// True if the files were written by a blueprint of ours, so that their tests may run.
    public boolean ownBlueprint() {
        return ownBlueprint;
    }
}
