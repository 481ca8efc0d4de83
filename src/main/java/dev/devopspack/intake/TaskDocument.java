package dev.devopspack.intake;

import dev.devopspack.language.data.DataNode;
import dev.devopspack.task.Task;

/// A task that was read, with the positions of its input for messages.
///
/// @param input the input as it stands in the document
public record TaskDocument(Task task, DataNode.Mapping input) {}
