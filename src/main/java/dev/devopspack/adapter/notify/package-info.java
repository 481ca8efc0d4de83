/// Messages to other programs' addresses: CloudEvents, Slack, Microsoft Teams. Lives here: their
/// shapes, the signature, and which addresses may be called at all. Does not live here: what is
/// told, and when it is tried again.
@NullMarked
package dev.devopspack.adapter.notify;

import org.jspecify.annotations.NullMarked;
