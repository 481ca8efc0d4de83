/// Sends the audit log to an OpenTelemetry collector while the server runs. What an entry looks
/// like there, and how far it was sent, is none of its business.
@NullMarked
package dev.devopspack.adapter.collector;

import org.jspecify.annotations.NullMarked;
