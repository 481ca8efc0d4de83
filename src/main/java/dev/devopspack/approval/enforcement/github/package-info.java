/// Deployments that GitHub holds until this server says yes (deployment protection rules). Knows no
/// HTTP: an event comes in as bytes with its signature, and the answer leaves through an interface.
@NullMarked
package dev.devopspack.approval.enforcement.github;

import org.jspecify.annotations.NullMarked;
