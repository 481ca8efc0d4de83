package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedParametersTest {

    @Test
    void eachPlaceOfANameIsAPlaceOfItsOwn() {
        assertEquals(
                new NamedParameters(
                        "update t set a = ?, b = ? where c <= ? and d = any(?)",
                        List.of("now", "b2", "now", "from")),
                NamedParameters.of(
                        "update t set a = :now, b = :b2 where c <= :now and d = any(:from)"));
    }

    @Test
    void castsAndWhatStandsInQuotesStay() {
        String statement =
                "select ':a', \":b\", 'it''s :c', x::text, '{\"k\": \"v\"}'::jsonb, y[1 : 2] from t";

        assertEquals(new NamedParameters(statement, List.of()), NamedParameters.of(statement));
        assertEquals(
                new NamedParameters("select ?::bigint", List.of("a")),
                NamedParameters.of("select :a::bigint"));
    }

    @Test
    void anOpenQuoteIsAnError() {
        assertThrows(
                IllegalArgumentException.class, () -> NamedParameters.of("select 'a where b = :b"));
    }
}
