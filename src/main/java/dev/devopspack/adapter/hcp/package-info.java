/// Talks to HCP Terraform and Terraform Enterprise for run tasks. Implements what `approval`
/// declares; what is answered is decided there. Runs no terraform.
@NullMarked
package dev.devopspack.adapter.hcp;

import org.jspecify.annotations.NullMarked;
