package dev.devopspack.specialist.cicd;

import dev.devopspack.task.Environment;
import java.util.Locale;

/// An environment that is deployed to.
///
/// @param production whether its deployments wait for an approval
record Target(Environment environment, boolean production) {

    String name() {
        return environment.value();
    }

    /// For variables of the repository that hold a value for each environment.
    String suffix() {
        return environment.value().toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
