package dev.devopspack.language.workflow;

import dev.devopspack.language.Span;

/// An image in which a job runs or which stands beside it.
///
/// @param service the name of the service; empty for the job's own container
/// @param image as written; may hold expressions
/// @param span of the image
/// @param options what is given to `docker create`
public record ContainerImage(String service, String image, Span span, String options) {}
