/// To whom secrets may be sealed: the administrator's configuration. Lives here: reading and
/// checking it. Does not live here: sealing, and any private key.
@NullMarked
package dev.devopspack.adapter.recipients;

import org.jspecify.annotations.NullMarked;
