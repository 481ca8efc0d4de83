/// The Terraform specialist: writes modules from blueprints. It only puts files together; terraform
/// itself is run by others, in the gates.
@NullMarked
package dev.devopspack.specialist.terraform;

import org.jspecify.annotations.NullMarked;
