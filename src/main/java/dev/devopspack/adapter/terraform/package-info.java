/// Runs terraform against the offline provider: no registry, no cloud, no credentials, nothing
/// applied.
///
/// Lives here: the offline provider (protocol 5 over loopback), the private copy of a module, the
/// commands. Does not live here: what a foreign file may contain and what a result means;
/// `gate.quality` decides that.
@NullMarked
package dev.devopspack.adapter.terraform;

import org.jspecify.annotations.NullMarked;
