package dev.devopspack.adapter.terraform;

import dev.devopspack.language.schema.SchemaPacks;
import java.util.List;

/// Serves the offline providers until it is ended, for running terraform by hand.
///
/// `tools/offline-terraform DIR plan` starts it; it prints the value of `TF_REATTACH_PROVIDERS` on
/// one line.
public final class OfflineProviderMain {
    private OfflineProviderMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<String> providers =
                arguments.length > 0 ? List.of(arguments) : SchemaPacks.providers();
        try (OfflineProviders offline = new OfflineProviders()) {
            System.out.println(offline.reattach(providers));
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
