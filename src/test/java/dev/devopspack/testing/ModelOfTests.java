package dev.devopspack.testing;

import dev.devopspack.manager.draft.LanguageModel;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stands for the configured language model in every `@QuarkusTest`: none, until a test brings one.
@Alternative
@Priority(1)
@ApplicationScoped
public class ModelOfTests implements LanguageModel {

    private final AtomicReference<@Nullable LanguageModel> model = new AtomicReference<>();

    /// @param now what answers from here on; null for none
    public void is(@Nullable LanguageModel now) {
        model.set(now);
    }

    @Override
    public Optional<String> name() {
        return Optional.ofNullable(model.get()).flatMap(LanguageModel::name);
    }

    @Override
    public Answer answer(List<Message> conversation) {
        LanguageModel now = model.get();
        return now == null ? new Answer.Failed("there is none") : now.answer(conversation);
    }
}
