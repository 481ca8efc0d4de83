/// What a person signs with a passkey beside decisions: pausing, lifting, waiving. One format and
/// one ceremony for all of them; what an act means is its own package's business.
@NullMarked
package dev.devopspack.approval.act;

import org.jspecify.annotations.NullMarked;
