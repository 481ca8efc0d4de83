/// What a person signs with a passkey. Beside decisions these are acts: pausing, waiving,
/// delegating, breaking the glass, approving a secret. One format and one way to sign for all of
/// them; what an act means, and who may, is its own package's business. The ceremony of the passkey
/// itself is that of decisions too.
@NullMarked
package dev.devopspack.approval.act;

import org.jspecify.annotations.NullMarked;
