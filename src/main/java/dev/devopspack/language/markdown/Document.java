package dev.devopspack.language.markdown;

import java.util.List;
import java.util.stream.Collectors;

/// A Markdown document.
public record Document(List<Block> blocks) {

    public Document {
        blocks = List.copyOf(blocks);
    }

    /// The text, ending in one line feed.
    public String printed() {
        return blocks.stream().map(Block::printed).collect(Collectors.joining("\n\n", "", "\n"));
    }
}
