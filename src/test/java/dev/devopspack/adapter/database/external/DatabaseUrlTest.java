package dev.devopspack.adapter.database.external;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseUrlTest {

    @Test
    void bothWaysOfWritingAreRead() {
        DatabaseUrl plain =
                new DatabaseUrl("jdbc:postgresql://db.example:5433/pack", "me", "p@ss+/1");

        assertEquals(plain, DatabaseUrl.parse("postgresql://me:p%40ss+%2F1@db.example:5433/pack"));
        assertEquals(plain, DatabaseUrl.parse("postgres://me:p%40ss+%2F1@db.example:5433/pack"));
        assertEquals(
                plain,
                DatabaseUrl.parse(
                        "jdbc:postgresql://db.example:5433/pack?user=me&password=p%40ss%2B/1"));
    }

    @Test
    void otherOptionsAndSeveralHostsAreKept() {
        assertEquals(
                new DatabaseUrl(
                        "jdbc:postgresql://a:5432,b:5432/pack?sslmode=verify-full&x=y", "me", ""),
                DatabaseUrl.parse("postgresql://me@a:5432,b:5432/pack?sslmode=verify-full&x=y"));
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutItsPassword() {
        for (String text :
                List.of(
                        "mysql://me:secret@db/pack",
                        "postgresql://me:secret@db",
                        "postgresql://me:secret@db/",
                        "postgresql://me:secret%zz@db/pack",
                        "me:secret")) {
            DatabaseUnavailable refused =
                    assertThrows(DatabaseUnavailable.class, () -> DatabaseUrl.parse(text));
            assertEquals(false, refused.getMessage().contains("secret"), refused.getMessage());
        }
    }
}
