package dev.devopspack.specialist;

import dev.devopspack.task.InvalidInput;
import java.util.Map;
import java.util.Set;

/// One thing that a specialist does, with a typed input and a typed outcome.
///
/// The same input and the same catalogue give the same outcome, byte for byte.
public interface Capability<I extends Record> {

    /// For example `configuration_generation`.
    String name();

    /// What it does, in one line.
    String description();

    /// The record that its input is read into.
    Class<I> inputType();

    /// Whether the outcome is meant for an environment, so that this environment's approval
    /// applies.
    boolean targetsEnvironment();

    /// The JSON schema of the input, with descriptions.
    default Map<String, Object> inputSchema() {
        return InputSchema.of(inputType());
    }

    /// An input that is accepted as it stands.
    Map<String, Object> example();

    /// The inputs that hold files to be judged. They are read and forgotten, so they may hold what
    /// is refused elsewhere, such as a literal secret: finding it is what is asked for.
    default Set<String> judgedInputs() {
        return Set.of();
    }

    /// @param input plain JSON values, as a task holds them
    /// @throws InvalidInput with a JSON pointer into the task, the mend and an example
    default I read(Map<String, Object> input) {
        return InputReader.read(inputType(), input, "/input");
    }

    /// @throws InvalidInput where a value can only be judged together with others
    Outcome perform(I input, Work work);
}
