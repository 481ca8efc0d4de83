/// Signing in with the company's identity provider, and what its clients may do in a person's name.
/// Lives here: whose roles follow from which claims. Does not live here: decisions; these are
/// signed with a passkey of this server, whoever signed somebody in.
@NullMarked
package dev.devopspack.identity.company;

import org.jspecify.annotations.NullMarked;
