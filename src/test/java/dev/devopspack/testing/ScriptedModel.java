package dev.devopspack.testing;

import dev.devopspack.manager.draft.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A language model that answers what it was told to, the last answer for ever, and remembers what
/// it was asked.
public final class ScriptedModel implements LanguageModel {

    private final List<Answer> answers;
    private final List<List<Message>> asked = new ArrayList<>();

    public ScriptedModel(String... answers) {
        this.answers = List.of(answers).stream().<Answer>map(Answer.Text::new).toList();
    }

    public ScriptedModel(Answer answer) {
        this.answers = List.of(answer);
    }

    @Override
    public Optional<String> name() {
        return Optional.of("scripted");
    }

    @Override
    public Answer answer(List<Message> conversation) {
        asked.add(conversation);
        return answers.get(Math.min(asked.size(), answers.size()) - 1);
    }

    /// The conversations, one for each time it was asked.
    public List<List<Message>> asked() {
        return asked;
    }
}
