/// People, roles, passkeys, sessions and tokens: who somebody is and what he may do, with the two
/// WebAuthn ceremonies that prove it. Decides nothing about change sets and knows no HTTP. Secrets
/// of its own (tokens, session ids, enrolment links) are stored hashed only.
@NullMarked
package dev.devopspack.identity;

import org.jspecify.annotations.NullMarked;
