package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.Optional;

/// Looks at a database and steps that help it.
final class Databases {

    private Databases() {}

    private static boolean postgresql(Database at) {
        return at.engine() == Engine.POSTGRESQL;
    }

    static int port(Database at) {
        return postgresql(at) ? 5432 : 3306;
    }

    /// What its provider says; where nobody said who that is, what it says of itself.
    static Script state(Database at) {
        return ManagedDatabase.state(at).orElseGet(() -> role(at));
    }

    /// Since when it runs, and whether it takes writes.
    static Script role(Database at) {
        return postgresql(at)
                ? Sql.ask(
                        at,
                        """
                        SELECT pg_postmaster_start_time() AS started_at,
                               pg_is_in_recovery() AS is_replica,
                               current_setting('default_transaction_read_only') AS read_only,
                               now() - pg_last_xact_replay_timestamp() AS replica_is_behind;\
                        """)
                : Sql.ask(
                        at,
                        "SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Threads_running');",
                        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('hostname', 'read_only',"
                                + " 'super_read_only', 'version');");
    }

    /// Name, port and TLS, without signing in.
    static Script reach(Database at) {
        Word host = Sql.host(at);
        Script script =
                Script.of(
                        Pipeline.of(Invocation.typed("dig +short +tries=1 +time=3", host)),
                        Pipeline.of(
                                Invocation.of("echo"),
                                Invocation.typed(
                                        "openssl s_client -connect",
                                        Word.joined(host, Word.text(":" + port(at))),
                                        "-starttls",
                                        postgresql(at) ? "postgres" : "mysql",
                                        "-brief")));
        return Sql.withHost(at, script);
    }

    /// How many connections there may be, how many there are, and who has them.
    static Script connections(Database at) {
        return postgresql(at)
                ? Sql.ask(
                        at,
                        """
                        SELECT current_setting('max_connections') AS allowed,
                               count(*) AS used,
                               count(*) FILTER (WHERE state = 'active') AS active,
                               count(*) FILTER (WHERE state = 'idle') AS idle,
                               count(*) FILTER (WHERE state = 'idle in transaction') AS idle_in_transaction
                        FROM pg_stat_activity WHERE backend_type = 'client backend';\
                        """,
                        """
                        SELECT usename, application_name, client_addr, state, count(*) AS sessions,
                               max(now() - state_change) AS longest
                        FROM pg_stat_activity WHERE backend_type = 'client backend'
                        GROUP BY usename, application_name, client_addr, state
                        ORDER BY sessions DESC LIMIT 20;\
                        """)
                : Sql.ask(
                        at,
                        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('max_connections',"
                                + " 'max_user_connections', 'wait_timeout');",
                        "SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected',"
                                + " 'Threads_running', 'Max_used_connections', 'Aborted_connects',"
                                + " 'Connection_errors_max_connections');",
                        """
                        SELECT user, SUBSTRING_INDEX(host, ':', 1) AS client, command,
                               count(*) AS sessions, max(time) AS longest_seconds
                        FROM information_schema.processlist
                        GROUP BY user, client, command ORDER BY sessions DESC LIMIT 20;\
                        """);
    }

    /// What runs long, and who waits for whom.
    static Script busy(Database at) {
        return postgresql(at)
                ? Sql.ask(
                        at,
                        """
                        SELECT pid, usename, state, now() - xact_start AS transaction_age,
                               wait_event_type, wait_event, left(query, 80) AS query
                        FROM pg_stat_activity
                        WHERE backend_type = 'client backend' AND state <> 'idle'
                        ORDER BY xact_start NULLS LAST LIMIT 20;\
                        """,
                        """
                        SELECT pid, pg_blocking_pids(pid) AS waits_for, now() - query_start AS waiting,
                               left(query, 80) AS query
                        FROM pg_stat_activity
                        WHERE cardinality(pg_blocking_pids(pid)) > 0
                        ORDER BY query_start LIMIT 20;\
                        """)
                : Sql.ask(
                        at,
                        """
                        SELECT id, user, time AS seconds, state, left(info, 80) AS query
                        FROM information_schema.processlist
                        WHERE command <> 'Sleep' ORDER BY time DESC LIMIT 20;\
                        """,
                        """
                        SELECT trx_mysql_thread_id AS id, trx_state, trx_started, trx_rows_locked,
                               left(trx_query, 80) AS query
                        FROM information_schema.innodb_trx ORDER BY trx_started LIMIT 20;\
                        """);
    }

    /// What takes the room.
    static Script sizes(Database at) {
        return postgresql(at)
                ? Sql.ask(
                        at,
                        """
                        SELECT datname, pg_size_pretty(pg_database_size(datname)) AS size
                        FROM pg_stat_database WHERE datname IS NOT NULL
                        ORDER BY pg_database_size(datname) DESC LIMIT 10;\
                        """,
                        """
                        SELECT relname, pg_size_pretty(pg_total_relation_size(relid)) AS size,
                               n_live_tup, n_dead_tup
                        FROM pg_stat_user_tables
                        ORDER BY pg_total_relation_size(relid) DESC LIMIT 15;\
                        """,
                        """
                        SELECT slot_name, active, wal_status,
                               pg_size_pretty(pg_wal_lsn_diff(
                                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                                        ELSE pg_current_wal_lsn() END, restart_lsn)) AS keeps_wal
                        FROM pg_replication_slots ORDER BY restart_lsn;\
                        """)
                : Sql.ask(
                        at,
                        """
                        SELECT table_schema, table_name,
                               round((data_length + index_length) / 1048576) AS mib
                        FROM information_schema.tables
                        ORDER BY data_length + index_length DESC LIMIT 15;\
                        """,
                        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin',"
                                + " 'binlog_expire_logs_seconds', 'expire_logs_days');");
    }

    static Optional<Mitigation> failOver(Branch branch, Database at) {
        return ManagedDatabase.failOver(at)
                .map(script ->
                        Mitigation.of(branch, "fail-over", "Move to the standby")
                                .when(
                                        "The provider shows a standby that is healthy, and the primary"
                                                + " does not answer for five minutes or is known to be"
                                                + " broken. Every session ends, and what is not"
                                                + " committed is lost. The provider may be doing it"
                                                + " already: look at its events first.")
                                .destroy(script)
                                .verify(
                                        role(at),
                                        "It answers, started a moment ago, and is no replica.")
                                .noUndo(
                                        "There is no way back but another move, once the first zone is"
                                                + " healthy again; plan it for a calm hour."));
    }

    /// Ends one session: the one that holds what the others wait for.
    static Mitigation endSession(Branch branch, Database at) {
        Mitigation.Draft draft =
                Mitigation.of(branch, "end-session", "End the session that blocks")
                        .when(
                                "One session waits idle in its transaction, or holds what others wait"
                                        + " for, and its owner agrees or cannot be reached within five"
                                        + " minutes. Its transaction is rolled back. Never end a"
                                        + " session of replication, of a backup or of a migration.");
        String hint = "Set SESSION_ID to the number of the session, from the check above";
        return (postgresql(at)
                        ? draft.destroy(
                                Sql.act(
                                        at,
                                        "may end sessions, as a member of pg_signal_backend may",
                                        "SESSION_ID",
                                        hint,
                                        "SELECT pg_terminate_backend(:'id'::int);"))
                        : draft.destroy(
                                Sql.actMysql(
                                        at, "SESSION_ID", hint, ManagedDatabase.endSession(at))))
                .verify(
                        busy(at),
                        "The session is gone, and those that waited for it run. If it comes back at"
                                + " once, the service that opens it has to be restarted or rolled"
                                + " back.")
                .noUndo("The client has to begin its transaction again; well-made ones do.");
    }

    static Optional<Mitigation> grow(Branch branch, Database at) {
        return ManagedDatabase.grow(at)
                .map(script ->
                        Mitigation.of(branch, "grow", "Make the disk larger")
                                .when(
                                        "What grew is wanted data, or nothing can be removed in time. No"
                                                + " provider makes the disk smaller again, and AWS allows"
                                                + " the next change only after six hours.")
                                .change(script)
                                .verify(
                                        state(at),
                                        "The new size is shown; growing may take some minutes, and the"
                                                + " database goes on meanwhile.")
                                .noUndo("It stays as large as it is made."));
    }
}
