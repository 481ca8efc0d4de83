package dev.devopspack.adapter.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.audit.AuditUnavailable;
import dev.devopspack.change.StoreUnavailable;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredOutagesTest {

    private final StoredOutages outages = new StoredOutages();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "53100", "53300", "57P01", "58030", "42501", "42P01", "25006", "28000"
            })
    void anOutageIsSeenWhereverItStands(String state) {
        SQLException outage = new SQLException("something", state);
        RuntimeException beside = new IllegalStateException("rolled back");
        beside.addSuppressed(outage);

        assertEquals(Optional.of("database"), where(outage));
        assertEquals(Optional.of("database"), where(new IllegalStateException("x", outage)));
        assertEquals(Optional.of("database"), where(new IllegalStateException("x", beside)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P02", "40001"})
    void aMistakeInAStatementIsNone(String state) {
        assertEquals(
                Optional.empty(),
                where(new IllegalStateException("x", new SQLException("something", state))));
    }

    @Test
    void aPoolThatGivesNoConnectionIsOne() {
        assertEquals(Optional.of("database"), where(new SQLException("Acquisition timeout")));
    }

    @Test
    void theAuditLogsOwnIsKept() {
        SQLException why = new SQLException("something", "P0001");

        assertEquals(
                Optional.of("audit log"),
                where(new IllegalStateException("x", new AuditUnavailable(why))));
    }

    @Test
    void anExceptionThatGoesInCirclesEnds() {
        RuntimeException outer = new IllegalStateException("outer");
        RuntimeException inner = new IllegalStateException("inner", outer);
        outer.initCause(inner);

        assertEquals(Optional.empty(), where(outer));
    }

    private Optional<String> where(Throwable failure) {
        return outages.of(failure).map(StoreUnavailable::where);
    }
}
