package dev.devopspack.specialist.terraform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.evaluation.EvaluatedModule;
import dev.devopspack.language.hcl.evaluation.EvaluatedResource;
import dev.devopspack.language.hcl.evaluation.ModuleEvaluator;
import dev.devopspack.language.hcl.evaluation.ModuleFiles;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.specialist.BlueprintCatalog;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a module means can be told without an apply: nothing that a rule judges hides behind a
/// look-up.
class BlueprintEvaluationTest {

    /// Three zones: 57 instances of the 38 resource blocks.
    private static final int INSTANCES = 57;

    @Test
    void everyResourceIsKnownAndWhatIsNotSaysWhatItWillBe() {
        EvaluatedModule module = module();

        assertEquals(List.of(), module.allDiagnostics());
        assertEquals(
                INSTANCES,
                module.allResources()
                        .filter(it -> it.mode() == EvaluatedResource.Mode.MANAGED)
                        .filter(EvaluatedResource::certain)
                        .count());
        assertEquals(
                List.of(),
                module.allResources().flatMap(it -> dark(it.address(), it.body())).toList());
    }

    /// Arguments of which nothing at all is known: not even which resource they come from.
    private static Stream<String> dark(String at, EvaluatedBody body) {
        return Stream.concat(
                body.attributes().values().stream()
                        .filter(it ->
                                it.value() instanceof Value.Unknown unknown
                                        && unknown.hint() == null)
                        .map(it -> at + " " + it.name()),
                body.blocks().stream().flatMap(it -> dark(at + " " + it.type(), it.body())));
    }

    private static EvaluatedModule module() {
        ConfigurationGeneration capability =
                new ConfigurationGeneration(BlueprintCatalog.shipped("terraform"));
        Outcome.Proposal proposal =
                (Outcome.Proposal)
                        capability.perform(
                                capability.read(capability.example()), new Work(null, null));
        Map<String, String> texts = new TreeMap<>();
        proposal.artifacts().forEach(file -> texts.put(file.name().value(), file.text()));
        return ModuleEvaluator.evaluate(ModuleFiles.of(texts));
    }
}
