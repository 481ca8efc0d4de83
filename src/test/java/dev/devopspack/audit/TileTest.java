package dev.devopspack.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {

    @Test
    void aPathIsReadAsTheSpecificationWritesIt() {
        assertEquals(new Tile(0, 0, 256), Tile.parse("0", "000"));
        assertEquals(new Tile(1, 1_234_067, 256), Tile.parse("1", "x001/x234/067"));
        assertEquals(new Tile(2, 1_000, 17), Tile.parse("2", "x001/000.p/17"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "00",
                "0000",
                "x000/001",
                "001/002",
                "x001",
                "x1/002",
                "000.p/0",
                "000.p/256",
                "000.p/01",
                "000.p/",
                "000.p",
                "-01",
                "000/",
                "x001/x002/",
                "00a",
                "x999/x999/x999/x999/x999/x999/999",
                "٠٠٠",
                "000.p/5/6"
            })
    void whateverElseIsNoTile(String path) {
        assertThrows(InvalidInput.class, () -> Tile.parse("0", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "00", "01", "-1", "x", ""})
    void aLevelIsANumberUpTo63(String level) {
        assertThrows(InvalidInput.class, () -> Tile.parse(level, "000"));
    }

    /// The example of the specification.
    @Test
    void aTreeOf70000HasExactlyItsTiles() {
        assertTrue(new Tile(0, 272, 256).within(70_000));
        assertTrue(new Tile(0, 273, 112).within(70_000));
        assertFalse(new Tile(0, 273, 113).within(70_000));
        assertTrue(new Tile(1, 0, 256).within(70_000));
        assertTrue(new Tile(1, 1, 17).within(70_000));
        assertFalse(new Tile(1, 1, 18).within(70_000));
        assertTrue(new Tile(2, 0, 1).within(70_000));
        assertFalse(new Tile(2, 0, 2).within(70_000));
        assertFalse(new Tile(3, 0, 1).within(70_000));
        assertFalse(new Tile(63, 0, 1).within(70_000));
        assertFalse(new Tile(0, 999_999_999_999_999L, 256).within(70_000));
    }

    @Test
    void aTileHoldsTheRootsOfFullTilesBelowIt() {
        MerkleTree tree = new MerkleTree();
        List<Digest> leaves = new ArrayList<>();
        for (int i = 0; i < Tile.FULL; i++) {
            leaves.add(Digest.of("leaf " + i));
            tree.add(leaves.getLast());
        }
        MerkleFrontier frontier = new MerkleFrontier();
        List<MerkleFrontier.Node> completed = new ArrayList<>();
        leaves.forEach(leaf -> completed.addAll(frontier.add(leaf)));

        MerkleFrontier.Node top = completed.getLast();

        assertEquals(new Tile(1, 0, 1).height(), top.height());
        assertEquals(tree.root(), top.hash());
        assertEquals(8_192, Tile.bytes(leaves).length);
    }
}
