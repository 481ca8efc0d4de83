package dev.devopspack.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.language.data.DataException;
import dev.devopspack.language.data.DataNode;
import dev.devopspack.language.data.DataReader;
import dev.devopspack.task.Environment;
import dev.devopspack.task.Field;
import dev.devopspack.task.InvalidInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputReaderTest {

    enum Speed {
        SLOW,
        VERY_FAST
    }

    record Wheel(@Field(value = "Inches.", min = 10, max = 30, example = "20") int size) {}

    record Vehicle(
            @Field(value = "Its name.", pattern = "[a-z]+", example = "\"car\"") String name,
            @Field("Its wheels.") List<Wheel> wheels,
            @Field(value = "How fast.", example = "\"slow\"") @Nullable Speed topSpeed,
            @Field(value = "Where.", example = "\"staging\"") @Nullable Environment environment,
            @Field("More.") @Nullable Map<String, Object> extra) {}

    @Test
    void readsNestedRecordsListsAndValues() throws Exception {
        Vehicle read =
                read(
                        "{name: car, wheels: [{size: 20}], top_speed: very_fast, environment: staging}");

        assertEquals(
                new Vehicle(
                        "car",
                        List.of(new Wheel(20)),
                        Speed.VERY_FAST,
                        new Environment("staging"),
                        null),
                read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{wheels: []} | /in (line 1, column 1) | the field 'name' is missing",
                "{name: car, wheels: {}} | /in/wheels (line 1, column 21) | this is object, not a list",
                "{name: car, wheels: [{size: 9}]} | /in/wheels/0/size (line 1, column 29) | 9 is out of range",
                "{name: car, wheels: [{size: 1.5}]} | /in/wheels/0/size (line 1, column 29) | 1.5 is no whole number in range",
                "{name: CAR, wheels: []} | /in/name (line 1, column 8) | 'CAR' is not of the form [a-z]+",
                "{name: car, wheels: [], topspeed: slow} | /in/topspeed (line 1, column 25) | there is no field of this name",
                "{name: car, wheels: [], top_speed: fast} | /in/top_speed (line 1, column 36) | 'fast' is not one of the values",
                "{name: car, wheels: [], environment: 'A B'} | /in/environment (line 1, column 38) | the environment's name is not usable",
            })
    void mistakesAreNamedWithTheirPlace(String text, String where, String problem) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> read(text));

        assertEquals(where, refused.where());
        assertEquals(problem, refused.problem());
        assertEquals(InputSchema.of(Vehicle.class).exampleText(), refused.example());
    }

    @Test
    void schemaAndExampleComeFromTheRecord() {
        InputSchema schema = InputSchema.of(Vehicle.class);

        assertEquals(
                Map.of(
                        "name", "car",
                        "wheels", List.of(Map.of("size", 20)),
                        "top_speed", "slow",
                        "environment", "staging"),
                schema.example());
        assertEquals(List.of("name", "wheels"), schema.schema().get("required"));
    }

    private static Vehicle read(String text) throws DataException {
        return InputReader.read((DataNode.Mapping) DataReader.read(text), Vehicle.class, "/in");
    }
}
