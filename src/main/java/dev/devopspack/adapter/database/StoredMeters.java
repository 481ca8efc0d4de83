package dev.devopspack.adapter.database;

import dev.devopspack.approval.waiver.Waivers;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What operators watch of the store, read when they look: all of it with one statement.
///
/// Whoever collects waits a little and no longer. While the database does not answer these numbers
/// are unknown, and all others are told as always: that is when they are needed.
@ApplicationScoped
class StoredMeters implements MeterBinder {

    /// Whoever collects gives up after ten seconds, and these are a few of many numbers.
    private static final int LIMIT_SECONDS = 3;

    /// Gauges are asked one after the other; what was read for the first of them is for all.
    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private static final String WAIVERS =
            "select count(*) from waivers where ended_at is null and until > now()";

    private static final List<Question> QUESTIONS =
            List.of(
                    new Question(
                            "devopspack.audit.entries",
                            "The number of the newest audit entry",
                            "select sequence from audit_head"),
                    new Question(
                            "devopspack.audit.signed",
                            "How many audit entries stand under the newest checkpoint",
                            "select coalesce(max(size), 0) from audit_checkpoints"),
                    new Question(
                            "devopspack.approvals.pending",
                            "Approval requests that wait for people",
                            "select count(*) from approval_states where status = 'PENDING'"),
                    new Question(
                            "devopspack.notices.waiting",
                            "Messages that their hook has not taken yet",
                            "select count(*) from notice_deliveries where state = 'WAITING'"),
                    new Question(
                            "devopspack.pauses.active",
                            "What admins have paused",
                            "select count(*) from pauses where lifted_at is null"),
                    new Question(
                            "devopspack.breakglass.unreviewed",
                            "Changes that one person let through alone and nobody reviewed",
                            "select count(*) from broken_glass where reviewed_at is null"),
                    new Question("devopspack.waivers.active", "Waivers that run", WAIVERS),
                    new Question(
                            "devopspack.waivers.ending",
                            "Waivers that end within two weeks",
                            WAIVERS
                                    + " and until < now() + interval '"
                                    + Waivers.REMINDED.toDays()
                                    + " days'"));

    private static final String STATEMENT =
            QUESTIONS.stream()
                    .map(question -> "(" + question.query() + ")")
                    .collect(Collectors.joining(", ", "select ", ""));

    private final AgroalDataSource database;

    /// Nothing before somebody looked.
    private @Nullable CompletableFuture<Answers> reading;

    private long began;

    StoredMeters(AgroalDataSource database) {
        this.database = database;
    }

    /// @param query answers with one number
    private record Question(String name, String description, String query) {}

    /// @param numbers one for each question
    /// @param at of {@link System#nanoTime}
    private record Answers(List<Double> numbers, long at) {

        boolean unknown() {
            return numbers.getFirst().isNaN();
        }

        boolean old() {
            return System.nanoTime() - at >= FRESH;
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("devopspack.database.answers", this, meters -> meters.answering())
                .description("1 where the database answered whoever collects, 0 where it did not")
                .register(registry);
        for (int i = 0; i < QUESTIONS.size(); i++) {
            Question question = QUESTIONS.get(i);
            int place = i;
            Gauge.builder(question.name(), this, meters -> meters.answers().numbers().get(place))
                    .description(question.description())
                    .register(registry);
        }
    }

    private double answering() {
        return answers().unknown() ? 0 : 1;
    }

    private synchronized Answers answers() {
        CompletableFuture<Answers> known = reading;
        if (known == null || (known.isDone() && known.join().old())) {
            began = System.nanoTime();
            known =
                    CompletableFuture.supplyAsync(
                            this::read, work -> Thread.ofVirtual().name("metrics").start(work));
            reading = known;
        }
        long left = began + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS) - System.nanoTime();
        try {
            return known.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return unknown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unknown();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answers read() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(LIMIT_SECONDS);
            try (ResultSet row = statement.executeQuery(STATEMENT)) {
                row.next();
                List<Double> numbers = new ArrayList<>();
                for (int column = 1; column <= QUESTIONS.size(); column++) {
                    numbers.add(row.getDouble(column));
                }
                return new Answers(numbers, System.nanoTime());
            }
        } catch (SQLException | RuntimeException _) {
            return unknown();
        }
    }

    /// A number that cannot be read is not a zero.
    private static Answers unknown() {
        return new Answers(QUESTIONS.stream().map(_ -> Double.NaN).toList(), System.nanoTime());
    }
}
