/// The incident specialist: writes runbooks. Commands are typed values that this package only
/// prints; nothing is run here, and nothing that a caller names becomes anything but one quoted
/// word. Each kind of incident is a class of its own.
@NullMarked
package dev.devopspack.specialist.incident;

import org.jspecify.annotations.NullMarked;
