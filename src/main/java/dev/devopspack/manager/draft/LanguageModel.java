package dev.devopspack.manager.draft;

import java.util.List;
import java.util.Optional;

/// A language model, as little of it as is needed: it answers a conversation with one text.
///
/// Whatever it answers is foreign text.
public interface LanguageModel {

    /// More is no input of a task.
    int MAX_ANSWER_CHARACTERS = 32_000;

    /// What people call it; none where none is configured.
    Optional<String> name();

    /// Answers within a bounded time, with a bounded text.
    Answer answer(List<Message> conversation);

    /// One turn of the conversation.
    record Message(By by, String text) {

        public enum By {
            /// What the program asks for.
            PROGRAM,
            /// The request, and what was wrong with an answer.
            CALLER,
            MODEL
        }
    }

    sealed interface Answer {

        record Text(String text) implements Answer {}

        /// @param why without any key or address that holds one
        record Failed(String why) implements Answer {}
    }
}
