package dev.devopspack.policy.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.devopspack.policy.subject.Subject;
import dev.devopspack.policy.subject.SubjectReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileReaderTest {

    private static final String SEED =
            """
            # syntax=docker/dockerfile:1
            ARG V=3.20
            FROM alpine:${V} AS build
            ENV A=1 B="x y" PATH=$PATH:/opt
            RUN --mount=type=cache,target=/root/.cache/pip set -eu; \\
                # why
                if [ -n "$A" ]; then pip install -r r.txt; fi && \\
                case "$B" in x) apk add --no-cache curl;; *) false;; esac
            RUN <<EOF
            apt-get update && apt-get install -y "curl=8" | tee $(date +%s).log
            EOF
            FROM build
            COPY --from=build --chown=1:1 ["a", "/b/"]
            ONBUILD RUN sudo sh -c 'yum install -y `cat list`'
            HEALTHCHECK --interval=5s CMD curl -f http://localhost || exit 1
            EXPOSE 8080/tcp 9000-9010
            USER app:app
            CMD ["/app", "--x"]
            """;

    private static SubjectReader.Reading read(String name, String text) {
        return new DockerfileReader().read(Map.of(name, text));
    }

    private static List<Object> every(SubjectReader.Reading reading, String kind, String key) {
        return reading.subjects().stream()
                .filter(subject -> subject.kind().equals("dockerfile/" + kind))
                .map(subject -> subject.self().get(key))
                .toList();
    }

    private static Subject file(String text) {
        return read("Dockerfile", text).subjects().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Dockerfile|FROM a:1",
                "build/api.dockerfile|RUN x",
                "Containerfile.prod|FROM a:1",
                "image|# base\\nFROM --platform=linux/amd64 a:1 AS b\\nRUN x",
                "image|ARG V=1\\nFROM a:$V",
                "notes.md|from alpine:3\\nrun x",
            })
    void dockerfilesAreKnownByWhatTheySay(String name, String text) {
        assertEquals(1, read(name, text.replace("\\n", "\n")).files().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dockerfile.md|# How to write one",
                "dockerfile_lint.py|from a import b",
                "Dockerfile.dockerignore|node_modules",
                "letter.txt|From here on we go north",
                "Modelfile|FROM llama3\\nPARAMETER temperature 1",
                "main.py|from x import y",
                "args.sh|ARG=1",
            })
    void otherFilesAreLeftAlone(String name, String text) {
        SubjectReader.Reading reading = read(name, text.replace("\\n", "\n"));

        assertEquals(List.of(), reading.subjects());
        assertEquals(List.of(), reading.problems());
    }

    @Test
    void aFileThatIsCalledADockerfileTellsItsMistakes() {
        assertEquals(
                List.of(
                        new SubjectReader.Problem(
                                "Dockerfile",
                                2,
                                1,
                                "there is no instruction 'RNU'." + " Did you mean ENV?")),
                read("Dockerfile", "FROM a:1\nRNU x").problems());
    }

    @Test
    void factsOfTheImageComeThroughItsStages() {
        Subject facts =
                file(
                        "FROM a:1 AS base\nUSER app:app\nHEALTHCHECK NONE\nFROM base\nEXPOSE 80\nCMD x");

        assertEquals("app", facts.self().get("user"));
        assertEquals(true, facts.self().get("healthcheck"));
        assertEquals(List.of(80L), facts.self().get("ports"));
        assertTrue(facts.counted());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "sudo -u root apt-get install -y x@sudo,apt-get",
                "env A=1 sh -ec 'cd /x && make'@env,sh,cd,make",
                "python3 -m pip install x@python3,pip",
                "su -c \"gem install y\" app@su,gem",
                "time nice -n 5 /usr/bin/curl u@nice,curl",
                "ls | xargs -n 1 rm@ls,xargs,rm",
                "[\"bash\", \"-c\", \"a && b\"]@bash,a,b",
            })
    void commandsThatOthersStartAreSeen(String run, String programs) {
        assertEquals(
                List.of(programs.split(",")),
                every(read("Dockerfile", "FROM a:1\nRUN " + run), "Command", "program"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apt-get -t stable install -y a b=1 ./c.deb d/testing|[a]",
                "apk add -t .deps a b~1 'c>2'|[a]",
                "dnf install -y --enablerepo crb a httpd-devel b-1.2 c-$V @group d.rpm|[a, httpd-devel]",
                "zypper -n in a b=1|[a]",
                "pip3 install -i https://x a b==1 . git+https://h/r git+https://h/r@v1|[a, git+https://h/r]",
                "pip install -r r.txt a|[]",
                "npm i -g a @s/b a@1 @s/b@2 a@latest ./x|[a, @s/b, a@latest]",
                "npm ci|[]",
                "gem install a b:1|[a]",
                "gem install a -v 1|[]",
                "go install h.io/a@latest h.io/b@v1 ./c|[h.io/a@latest]",
                "apt-get install -y $PACKAGES|[]",
            })
    void packagesWithoutAVersionAreTold(String run, String unpinned) {
        assertEquals(
                unpinned,
                every(read("Dockerfile", "FROM a:1\nRUN " + run), "Command", "unpinned")
                        .getFirst()
                        .toString());
    }

    @Test
    void variablesOfTheBuildAreReplacedInImages() {
        List<Object> latest =
                every(
                        read("Dockerfile", "ARG T=latest\nARG I\nFROM a:$T\nFROM $I\nFROM b:1"),
                        "Stage",
                        "latest");

        assertEquals(true, latest.get(0));
        assertTrue(latest.get(1).getClass().getSimpleName().contains("Unknown"));
        assertEquals(false, latest.get(2));
    }

    @Test
    void placeOfACommandIsItsOwnLine() {
        Subject curl =
                read("Dockerfile", "FROM a:1\nRUN a && \\\n    curl -k u\n").subjects().getLast();

        assertEquals(new Subject.Place("Dockerfile", 2, 1), curl.place());
        assertEquals(new Subject.Place("Dockerfile", 3, 5), curl.placeOf("options").orElseThrow());
        assertEquals(3, curl.lastLine());
    }

    @Test
    void damagedFilesAreReadToTheEnd() {
        DockerfileFuzz fuzz = new DockerfileFuzz(7);
        for (int i = 0; i < 3_000; i++) {
            DockerfileFuzz.read(fuzz.mutant(SEED));
        }
        assertEquals(List.of(), DockerfileFuzz.read(SEED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN $(",
                "RUN `",
                "RUN ${",
                "RUN <<A\n",
                "RUN a <<A\nA\n",
                "RUN 'a",
                "RUN \"$(",
                "ENV A=$A",
                "ENV A=\"${A:-",
                "RUN sh -c \"",
                "RUN case x in ",
                "RUN sudo env ",
                "FROM a AS b\nFROM b AS a\n",
                "RUN apt-get install a\n",
                "RUN a && \\\n",
                "COPY a.tar b\nRUN tar x a.tar\n",
                "RUN pip install a;",
                "LABEL a=1 ",
            })
    void repeatedPartsTakeBoundedTime(String part) {
        String text = "FROM a:1\n" + part.repeat(20_000);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DockerfileFuzz.read(text));
    }
}
