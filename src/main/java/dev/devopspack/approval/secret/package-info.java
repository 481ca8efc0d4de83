/// Secrets that no model and no log ever sees: asked for by name, approved by people with their
/// passkeys, then made where they are used, or made here and sealed at once. Lives here: requests,
/// who may approve them, sealing, versions. Does not live here: a value, longer than it takes to
/// seal it.
@NullMarked
package dev.devopspack.approval.secret;

import org.jspecify.annotations.NullMarked;
