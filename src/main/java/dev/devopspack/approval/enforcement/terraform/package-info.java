/// Runs of HCP Terraform and Terraform Enterprise that ask before they apply (run tasks). Knows no
/// HTTP: a question comes in as bytes with its signature, and the answer leaves through an
/// interface.
@NullMarked
package dev.devopspack.approval.enforcement.terraform;

import org.jspecify.annotations.NullMarked;
