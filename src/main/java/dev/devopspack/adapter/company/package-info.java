/// The company's identity provider over HTTP: its configuration, its published endpoints, the
/// exchange of a code. Does not live here: checking a token, and who somebody is.
@NullMarked
package dev.devopspack.adapter.company;

import org.jspecify.annotations.NullMarked;
