package dev.devopspack.policy.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode.Scalar;
import dev.devopspack.language.yaml.YamlNode.Style;
import dev.devopspack.policy.workflow.ScriptCommands.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptCommandsTest {

    @Test
    void commandsAreCutWhereAShellCutsThem() {
        assertEquals(
                List.of(
                        new Command("cd", List.of("a b"), "cd \"a b\"", false, "", 11),
                        new Command(
                                "curl",
                                List.of("-fsS", "${{ env.URL }}"),
                                "curl -fsS ${{ env.URL }}",
                                true,
                                "bash",
                                11),
                        new Command("bash", List.of(), "bash", false, "", 11),
                        new Command(
                                "npm",
                                List.of("install", "x"),
                                "NODE_ENV=a sudo npm install \\\n  x",
                                false,
                                "",
                                13)),
                commands(
                        """
                        cd "a b" && curl -fsS ${{ env.URL }} | bash
                        # npm install y
                        NODE_ENV=a sudo npm install \\
                          x
                        """));
    }

    @Test
    void commandsInSubstitutionsAreFound() {
        assertEquals(
                List.of("echo", "gem"),
                commands("echo $(gem install a)").stream().map(Command::program).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "twine upload dist/*|PyPI",
                "python3 -m twine upload dist/*|PyPI",
                "uv run twine upload dist/*|PyPI",
                "uvx twine@5.1 upload dist/*|PyPI",
                "uv publish|PyPI",
                "poetry publish --build|PyPI",
                "npm publish --access public|npm",
                "pnpm -r publish|npm",
                "yarn npm publish|npm",
                "npx lerna publish|npm",
                "cargo publish|crates.io",
                "cargo +nightly publish|crates.io",
                "bundle exec gem push a.gem|RubyGems",
                "dotnet nuget push a.nupkg|NuGet",
            })
    void publishingIsRecognised(String command, String registry) {
        assertEquals(registry, Publishing.registry(commands(command).getFirst()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm run publish",
                "npm publish --dry-run",
                "cargo build",
                "echo npm publish",
                "gem build a",
                "uv run pytest",
                "npm"
            })
    void otherCommandsPublishNothing(String command) {
        assertEquals("", Publishing.registry(commands(command).getFirst()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm install lodash|lodash",
                "npm i -g yarn@1|yarn@1",
                "npm --prefix web add a b|a,b",
                "gem install rake -v 13.0.6|rake",
                "yarn global add x|x",
            })
    void packagesInstalledByNameAreFound(String command, String packages) {
        assertEquals(
                List.of(packages.split(",")), Installing.packages(commands(command).getFirst()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "npm ci",
                "npm install",
                "npm install --no-fund",
                "npm i ./pkg.tgz",
                "gem build a",
                "npm run add x",
                "gem install --help"
            })
    void installingWhatIsLockedIsNone(String command) {
        assertEquals(List.of(), Installing.packages(commands(command).getFirst()));
    }

    @Test
    void hostileScriptsEnd() {
        assertTrue(commands("a;".repeat(500_000)).size() <= 2_000);
        assertEquals(1, commands("\"".repeat(99_999)).size());
    }

    private static List<Command> commands(String text) {
        Span span = new Span(0, text.length(), 10, 1, 10, 1);
        return ScriptCommands.in(new Scalar(text, text, Style.LITERAL, span, ""));
    }
}
