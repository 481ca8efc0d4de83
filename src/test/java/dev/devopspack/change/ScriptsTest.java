package dev.devopspack.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws_vpc.main",
                "module.network.aws_subnet.private[\"eu-west-1a\"]",
                "größe",
                "naïve-café",
                "платежи",
                "aws_vpc.платежи",
                "aws_vpc.東京リージョン",
                "ubuntu東京カタカナ",
                "서울server",
                "Ελλάδα",
                "μονάδα_5",
                "x\u0301",
                "\u05e1\u05d5\u05e1",
                "\u0540\u0561\u0575\u0561\u057d\u057f\u0561\u0576",
                "\u13e3\u13b3\u13a9 \u13e6\u13ec\u13c2\u13ef",
                "7-2026"
            })
    void aNameThatPeopleReadAsItIsDeceivesNobody(String name) {
        assertEquals(Optional.empty(), Scripts.deception(name));
    }

    @ParameterizedTest
    @CsvSource({
        "p\u0430yments, mixes Cyrillic and Latin letters in one word",
        "aws_vpc.m\u0430in, mixes Cyrillic and Latin letters in one word",
        "\u0440\u0430\u0443, is written in Cyrillic letters that look like Latin ones",
        "db-\u0440\u0430\u0443-1, is written in Cyrillic letters that look like Latin ones",
        "\u03bf\u03c1\u03b9, is written in Greek letters that look like Latin ones",
        "\u13df\u13a2, is written in Cherokee letters that look like Latin ones",
        "\u2c9f\u2ca3, is written in Coptic letters that look like Latin ones",
        "\ua4d0\ua4f3\ua4e2, is written in Lisu letters that look like Latin ones",
        "\u057d\u0578\u057d, is written in Armenian letters that look like Latin ones",
        "\u0430\u03bf, mixes Cyrillic and Greek letters in one word",
        "a\u13a0, mixes Cherokee and Latin letters in one word",
        "\uff41\uff57\uff53, holds letters that only look like the ones they stand for",
        "pro\ufb01t, holds letters that only look like the ones they stand for",
        "東京\u0430, mixes Cyrillic and Han letters in one word"
    })
    void aNameThatLooksLikeAnotherIsTold(String name, String what) {
        assertEquals(Optional.of(what), Scripts.deception(name));
    }
}
