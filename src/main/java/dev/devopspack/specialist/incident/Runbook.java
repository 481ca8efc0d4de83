package dev.devopspack.specialist.incident;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import java.util.ArrayList;
import java.util.List;

/// A runbook and its files.
record Runbook(Situation situation, Playbook playbook) {

    static Runbook of(Situation situation) {
        return new Runbook(situation, Scenario.of(situation.type()).playbook(situation));
    }

    Artifacts files() {
        List<Artifact> files = new ArrayList<>();
        files.add(
                Artifact.of(
                        "README.md", new RunbookPage(situation, playbook).document().printed()));
        for (Part part : playbook.parts()) {
            files.add(Artifact.of(part.file(), new PartPage(situation, part).document().printed()));
        }
        files.add(
                Artifact.of(
                        "communication.md", new CommunicationPage(situation).document().printed()));
        files.add(
                Artifact.of(
                        "after-the-incident.md",
                        new AfterPage(situation, playbook).document().printed()));
        files.add(Artifact.of(BlockIndex.FILE, BlockIndex.json(situation, playbook)));
        return new Artifacts(files);
    }

    List<CodeBlock> blocks() {
        return playbook.parts().stream().flatMap(part -> PartPage.blocks(part).stream()).toList();
    }
}
