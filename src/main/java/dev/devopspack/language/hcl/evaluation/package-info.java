/// Evaluates Terraform modules: variables, locals, resources with their instances, local child
/// modules. Works on parsed files alone: what a provider, a disk or a clock would have to say is
/// unknown. Never starts a process, never reads a file that was not handed in.
@NullMarked
package dev.devopspack.language.hcl.evaluation;

import org.jspecify.annotations.NullMarked;
