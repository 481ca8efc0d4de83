package dev.devopspack.language.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionConstraintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~> 6.9       | 6.9.0   | true",
                "~> 6.9       | 6.66.0  | true",
                "~> 6.9       | 7.0.0   | false",
                "~> 6.9       | 6.8.9   | false",
                "~> 6.9.1     | 6.9.5   | true",
                "~> 6.9.1     | 6.10.0  | false",
                "~> 6         | 7.1.0   | true",
                ">= 1.10      | 1.11.4  | true",
                ">= 1.10      | 1.9.8   | false",
                ">= 5.0, < 6  | 5.99.0  | true",
                ">= 5.0, < 6  | 6.0.0   | false",
                "6.66.0       | 6.66.0  | true",
                "= 6.66       | 6.66.1  | false",
                "!= 1.2.3     | 1.2.3   | false",
                "> 1.2.3      | 1.2.3   | false",
                "<= v1.2.3    | 1.2.3   | true",
                ">= 1.2.0-rc1 | 1.2.0   | true",
                ">= 1.0       | nonsense| false"
            })
    void admitsTheVersionsThatTerraformAdmits(String constraint, String version, boolean admitted) {
        assertEquals(
                Optional.of(admitted),
                VersionConstraint.parse(constraint).map(parsed -> parsed.admits(version)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "~> 6.9 | true",
                "~> 6 | false",
                ">= 6.0 | false",
                ">= 6.0, < 7.0 | true",
                "6.1.0 | true",
                "!= 6.1.0 | false"
            })
    void boundedConstraintKeepsTheNextMajorVersionOut(String constraint, boolean bounded) {
        assertEquals(
                Optional.of(bounded),
                VersionConstraint.parse(constraint).map(VersionConstraint::bounded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                ">= ",
                "~> x",
                ">= 1.0 <2",
                "=> 1.0",
                ">= 1.0,",
                "1.2.3.4",
                "9999999999.0"
            })
    void whatIsNoConstraintIsNotRead(String text) {
        assertEquals(Optional.empty(), VersionConstraint.parse(text));
    }
}
