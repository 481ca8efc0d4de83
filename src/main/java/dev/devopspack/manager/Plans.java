package dev.devopspack.manager;

import dev.devopspack.change.Digest;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.gate.quality.PlanFiles;
import dev.devopspack.review.PlanJson;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the plan that a caller gave. Of a plan file only its hash and its masked JSON are kept.
@ApplicationScoped
class Plans {

    private final PlanFiles files;

    Plans(PlanFiles files) {
        this.files = files;
    }

    @Nullable GivenPlan given(Submission submission) {
        byte[] file = submission.planFile();
        if (file != null) {
            return derived(file);
        }
        String json = submission.planJson();
        return json == null
                ? null
                : PlanJson.read(json.getBytes(StandardCharsets.UTF_8))
                        .given(null, GivenPlan.Source.AS_SUBMITTED);
    }

    private GivenPlan derived(byte[] file) {
        return switch (files.show(file)) {
            case PlanFiles.Shown.Json json ->
                    PlanJson.read(json.text().getBytes(StandardCharsets.UTF_8))
                            .given(Digest.of(file), GivenPlan.Source.DERIVED);
            case PlanFiles.Shown.Failed failed ->
                    throw new InvalidInput(
                            "plan",
                            "terraform cannot show the plan file: " + failed.why(),
                            "Give the output of `terraform show -json` as --plan-json instead; it is"
                                    + " marked 'as submitted, not derived'.");
        };
    }
}
