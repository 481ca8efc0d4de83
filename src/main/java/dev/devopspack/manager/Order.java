package dev.devopspack.manager;

import dev.devopspack.identity.Principal;
import dev.devopspack.intake.TaskDocument;

/// A task that is to be done, and for whom.
///
/// @param client the software that asks, as it names itself
/// @param milestones what is kept beside its result
record Order(TaskDocument task, Principal caller, String client, Milestones milestones) {}
