/// The pipeline specialist: writes GitHub Actions workflows and the scripts that they run. It only
/// puts files together; nothing is deployed, and nothing that a caller typed becomes program text.
@NullMarked
package dev.devopspack.specialist.cicd;

import org.jspecify.annotations.NullMarked;
