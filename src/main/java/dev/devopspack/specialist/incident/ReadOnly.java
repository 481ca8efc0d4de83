package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The commands that only look. What is not here is not read-only, whatever its author says.
final class ReadOnly {

    /// Reads a stream or the state of the machine, and has no option that writes which we use.
    private static final Set<String> HARMLESS =
            Set.of(
                    "grep",
                    "head",
                    "tail",
                    "sort",
                    "uniq",
                    "wc",
                    "cut",
                    "df",
                    "du",
                    "lsof",
                    "ss",
                    "free",
                    "uptime",
                    "ps",
                    "vmstat",
                    "iostat",
                    "lsblk",
                    "findmnt",
                    "getent",
                    "stat",
                    "base64",
                    "nproc",
                    "uname",
                    "echo",
                    "pg_isready");

    private static final Set<String> KUBECTL =
            Set.of("get", "describe", "logs", "top", "explain", "events", "version");

    private static final Set<String> SYSTEMCTL =
            Set.of(
                    "status",
                    "show",
                    "cat",
                    "is-active",
                    "is-failed",
                    "list-units",
                    "list-timers",
                    "list-dependencies");

    private static final Set<String> CLOUD =
            Set.of(
                    "rds describe-db-instances",
                    "rds describe-events",
                    "rds describe-db-log-files",
                    "cloudwatch get-metric-statistics",
                    "sqs get-queue-url",
                    "sqs get-queue-attributes",
                    "sql instances describe",
                    "sql operations list",
                    "logging read",
                    "postgres flexible-server show",
                    "mysql flexible-server show",
                    "monitor activity-log list");

    private static final Set<String> RABBITMQ =
            Set.of("list_queues", "list_consumers", "list_connections", "check_local_alarms");

    /// Functions of SQL that only answer. One that is missing here is refused: several built-in
    /// functions act even in a read-only transaction.
    private static final Set<String> SQL_FUNCTIONS =
            Set.of(
                    "count",
                    "max",
                    "min",
                    "sum",
                    "avg",
                    "round",
                    "coalesce",
                    "now",
                    "left",
                    "current_setting",
                    "pg_is_in_recovery",
                    "pg_postmaster_start_time",
                    "pg_blocking_pids",
                    "pg_database_size",
                    "pg_size_pretty",
                    "pg_last_xact_replay_timestamp",
                    "extract",
                    "date_trunc",
                    "cardinality",
                    "pg_total_relation_size",
                    "pg_wal_lsn_diff",
                    "pg_current_wal_lsn",
                    "pg_last_wal_replay_lsn",
                    "in",
                    "filter",
                    "and",
                    "or",
                    "where",
                    "as",
                    "concat",
                    "substring_index",
                    "nullif",
                    "greatest",
                    "values");

    private static final Pattern SQL_CALL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\s*\\(");
    private static final Pattern SQL_START =
            Pattern.compile("(SELECT|SHOW|WITH)\\s.*", Pattern.DOTALL);
    private static final Pattern SQL_WRITES =
            Pattern.compile(
                    "\\b(INSERT|UPDATE|DELETE|MERGE|INTO|CREATE|ALTER|DROP|TRUNCATE|GRANT|REVOKE|COPY|CALL|DO|KILL|LOCK|VACUUM|ANALYZE|FLUSH|RESET|SET|FOR\\s+(UPDATE|SHARE))\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Map<String, Predicate<List<String>>> WITH_VERBS =
            Map.ofEntries(
                    Map.entry("kubectl", ReadOnly::kubectl),
                    Map.entry("systemctl", words -> SYSTEMCTL.contains(verb(words))),
                    Map.entry(
                            "journalctl",
                            words ->
                                    none(
                                            words,
                                            "--vacuum",
                                            "--rotate",
                                            "--flush",
                                            "--sync",
                                            "--relinquish",
                                            "--setup-keys",
                                            "--update-catalog")),
                    Map.entry("dig", words -> true),
                    Map.entry(
                            "resolvectl",
                            words -> Set.of("query", "status", "statistics").contains(verb(words))),
                    Map.entry("chronyc", words -> verb(words).equals("tracking")),
                    Map.entry(
                            "crictl",
                            words -> Set.of("ps", "pods", "info", "stats").contains(verb(words))),
                    Map.entry(
                            "dmesg",
                            words ->
                                    none(
                                            words,
                                            "-c",
                                            "-C",
                                            "--clear",
                                            "--read-clear",
                                            "-D",
                                            "-E",
                                            "--console")),
                    Map.entry(
                            "find",
                            words -> none(words, "-delete", "-exec", "-ok", "-fprint", "-fls")),
                    Map.entry(
                            "openssl",
                            words ->
                                    Set.of("s_client", "x509").contains(verb(words))
                                            && none(
                                                    words,
                                                    "-out",
                                                    "-writerand",
                                                    "-sess_out",
                                                    "-keylogfile")),
                    Map.entry("curl", ReadOnly::curl),
                    Map.entry("aws", words -> CLOUD.contains(firstVerbs(words, 2))),
                    Map.entry(
                            "gcloud",
                            words ->
                                    CLOUD.contains(firstVerbs(words, 3))
                                            || CLOUD.contains(firstVerbs(words, 2))),
                    Map.entry("az", words -> CLOUD.contains(firstVerbs(words, 3))),
                    Map.entry("rabbitmqctl", words -> RABBITMQ.contains(verb(words))),
                    Map.entry("rabbitmq-diagnostics", words -> RABBITMQ.contains(verb(words))),
                    Map.entry(
                            "kafka-consumer-groups.sh",
                            words ->
                                    words.contains("--describe")
                                            && none(words, "--reset", "--delete", "--execute")),
                    Map.entry(
                            "kafka-topics.sh",
                            words ->
                                    words.contains("--describe")
                                            && none(words, "--alter", "--delete", "--create")));

    private ReadOnly() {}

    /// @throws IllegalArgumentException at the first command that is not known to only look
    static void check(Script script) {
        if (script.body().stream().anyMatch(pipeline -> pipeline.file() != null)) {
            throw new IllegalArgumentException("a look writes no file");
        }
        script.invocations().forEach(ReadOnly::check);
    }

    private static void check(Invocation invocation) {
        List<String> words = invocation.texts();
        String program = invocation.program();
        boolean looks =
                switch (program) {
                    case "psql" -> sql(invocation, Sql.POSTGRESQL_BEGIN);
                    case "mysql" -> sql(invocation, Sql.MYSQL_BEGIN);
                    default ->
                            HARMLESS.contains(program)
                                    || WITH_VERBS.getOrDefault(program, none -> false).test(words);
                };
        if (!looks) {
            throw new IllegalArgumentException("not known to only look: " + program + " " + words);
        }
    }

    private static boolean kubectl(List<String> words) {
        String verb = verb(words);
        if (verb.equals("rollout")) {
            return Set.of("rollout history", "rollout status").contains(firstVerbs(words, 2));
        }
        if (!KUBECTL.contains(verb)) {
            return false;
        }
        // Of a secret only what is no secret may be read: its certificate, its fields' names.
        boolean secret = words.stream().anyMatch(w -> w.startsWith("secret"));
        return !secret
                || words.stream().noneMatch(w -> w.startsWith("--output"))
                || words.stream().anyMatch(w -> w.equals(Kubernetes.CERTIFICATE_OF_SECRET));
    }

    /// What it reads goes nowhere.
    private static boolean curl(List<String> words) {
        if (!none(words, "-X", "-d", "-F", "-T", "-o", "-O", "-K")
                || !none(words, "--request", "--data", "--json", "--form", "--upload-file")
                || !none(words, "--remote-name", "--config", "--cookie-jar", "--dump-header")
                || !none(words, "--output=")) {
            return false;
        }
        int output = words.indexOf("--output");
        return output >= 0
                && output == words.lastIndexOf("--output")
                && output + 1 < words.size()
                && words.get(output + 1).equals("/dev/null");
    }

    private static boolean sql(Invocation invocation, List<String> begin) {
        Invocation.Here input = invocation.input();
        if (input == null
                || input.lines().size() <= begin.size()
                || !input.lines().subList(0, begin.size()).equals(begin)
                || !input.lines().getLast().equals(Sql.END)) {
            return false;
        }
        String inside =
                String.join("\n", input.lines().subList(begin.size(), input.lines().size() - 1));
        for (String statement : inside.split(";", -1)) {
            if (!statement.isBlank() && !onlyAnswers(statement.strip())) {
                return false;
            }
        }
        return true;
    }

    private static boolean onlyAnswers(String statement) {
        return SQL_START.matcher(statement).matches()
                && !SQL_WRITES.matcher(statement).find()
                && SQL_CALL.matcher(statement)
                        .results()
                        .allMatch(call ->
                                SQL_FUNCTIONS.contains(
                                        call.group(1).toLowerCase(java.util.Locale.ROOT)));
    }

    private static String verb(List<String> words) {
        return firstVerbs(words, 1);
    }

    /// The first words that are no options.
    private static String firstVerbs(List<String> words, int count) {
        return String.join(
                " ", words.stream().filter(w -> !w.startsWith("-")).limit(count).toList());
    }

    private static boolean none(List<String> words, String... starts) {
        return words.stream()
                .noneMatch(word -> List.of(starts).stream().anyMatch(word::startsWith));
    }
}
