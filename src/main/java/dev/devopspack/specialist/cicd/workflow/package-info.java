/// A GitHub Actions workflow as values, and how they are written. Every value is narrow: a text
/// that a caller typed cannot become an expression, a script or another key. Knows nothing of what
/// a pipeline is for.
@NullMarked
package dev.devopspack.specialist.cicd.workflow;

import org.jspecify.annotations.NullMarked;
