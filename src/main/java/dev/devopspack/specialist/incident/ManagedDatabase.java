package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Commands for the provider of a managed database. Where nobody said who runs it there are none.
final class ManagedDatabase {

    private static final String RDS_FIELDS =
            "--query=DBInstances[].{status:DBInstanceStatus,zone:AvailabilityZone,"
                    + "multiAz:MultiAZ,class:DBInstanceClass,storageGiB:AllocatedStorage,"
                    + "certificate:CACertificateIdentifier}";

    private static final String CLOUD_SQL_FIELDS =
            "--format=yaml(state,databaseVersion,gceZone,settings.tier,settings.availabilityType,"
                    + "settings.dataDiskSizeGb,settings.storageAutoResize)";

    private static final String AZURE_FIELDS =
            "--query={state:state,zone:availabilityZone,ha:highAvailability.state,sku:sku.name,"
                    + "storageGiB:storage.storageSizeGb}";

    private static final String GROUP = "Set RESOURCE_GROUP to the resource group of the server";

    private ManagedDatabase() {}

    /// Status, zone, size and what the provider did lately.
    static Optional<Script> state(Database at) {
        return provider(at)
                .map(provider ->
                        named(
                                at,
                                switch (provider) {
                                    case AWS ->
                                            Script.of(
                                                    aws(
                                                            "describe-db-instances",
                                                            instance(
                                                                    "--db-instance-identifier", at),
                                                            RDS_FIELDS,
                                                            "--output=table"),
                                                    aws(
                                                            "describe-events",
                                                            "--source-type=db-instance",
                                                            instance("--source-identifier", at),
                                                            "--duration=180",
                                                            "--output=table"));
                                    case GCP ->
                                            Script.of(
                                                    gcloud("describe", name(at), CLOUD_SQL_FIELDS),
                                                    Invocation.typed(
                                                            "gcloud sql operations list",
                                                            instance("--instance", at),
                                                            "--limit=10"));
                                    case AZURE ->
                                            azure(
                                                    at,
                                                    "show",
                                                    AZURE_FIELDS,
                                                    Word.text("--output=table"));
                                }));
    }

    /// Moves to the standby: sessions end, transactions in progress are rolled back.
    static Optional<Script> failOver(Database at) {
        return provider(at)
                .map(provider ->
                        named(
                                at,
                                switch (provider) {
                                    case AWS ->
                                            Script.of(
                                                    aws(
                                                            "reboot-db-instance",
                                                            instance(
                                                                    "--db-instance-identifier", at),
                                                            "--force-failover"));
                                    case GCP -> Script.of(gcloud("failover", name(at), "--quiet"));
                                    case AZURE ->
                                            azure(
                                                    at,
                                                    "restart",
                                                    "--failover=Forced",
                                                    Word.text("--output=table"));
                                }));
    }

    /// Makes its disk larger. No provider makes it smaller again.
    static Optional<Script> grow(Database at) {
        Word size = Word.variable("SIZE_GIB");
        return provider(at)
                .map(provider ->
                        named(
                                        at,
                                        switch (provider) {
                                            case AWS ->
                                                    Script.of(
                                                            aws(
                                                                    "modify-db-instance",
                                                                    instance(
                                                                            "--db-instance-identifier",
                                                                            at),
                                                                    Word.option(
                                                                            "--allocated-storage",
                                                                            size),
                                                                    "--apply-immediately"));
                                            case GCP ->
                                                    Script.of(
                                                            gcloud(
                                                                    "patch",
                                                                    name(at),
                                                                    Word.option(
                                                                            "--storage-size", size),
                                                                    "--quiet"));
                                            case AZURE ->
                                                    azure(
                                                            at,
                                                            "update",
                                                            "--output=table",
                                                            Word.option("--storage-size", size));
                                        })
                                .needing(
                                        "SIZE_GIB",
                                        "Set SIZE_GIB to at least a tenth more than it has now"));
    }

    /// How one session of MySQL or MariaDB is ended. On RDS the first user may not `KILL` what
    /// others opened; its own procedure may.
    static String endSession(Database at) {
        return at.provider() == Provider.AWS ? "CALL mysql.rds_kill({})" : "KILL {}";
    }

    /// Keeps binary logs for a shorter time, which is how a provider lets one remove them: `PURGE
    /// BINARY LOGS` needs a right that no customer has there. None where the provider is not known.
    static Optional<Script> keepBinaryLogs(Database at, String variable) {
        Word value = Word.variable(variable);
        return provider(at)
                .map(provider ->
                        switch (provider) {
                            case AWS ->
                                    Sql.actMysql(
                                            at,
                                            variable,
                                            hours(variable),
                                            "CALL mysql.rds_set_configuration('binlog retention"
                                                    + " hours', {})");
                            case GCP ->
                                    named(
                                                    at,
                                                    Script.of(
                                                            gcloud(
                                                                    "patch",
                                                                    name(at),
                                                                    Word.option(
                                                                            "--retained-transaction-log-days",
                                                                            value),
                                                                    "--quiet")))
                                            .needing(variable, days(variable));
                            case AZURE ->
                                    named(
                                                    at,
                                                    Script.of(
                                                            Invocation.typed(
                                                                    "az mysql flexible-server"
                                                                            + " parameter set",
                                                                    instance("--server-name", at),
                                                                    Word.option(
                                                                            "--resource-group",
                                                                            Word.variable(
                                                                                    "RESOURCE_GROUP")),
                                                                    "--name=binlog_expire_logs_seconds",
                                                                    Word.option("--value", value),
                                                                    "--output=table")))
                                            .needing("RESOURCE_GROUP", GROUP)
                                            .needing(variable, seconds(variable));
                        });
    }

    private static String hours(String variable) {
        return "Set " + variable + " to the hours that binary logs are kept, for example 24";
    }

    private static String days(String variable) {
        return "Set " + variable + " to the days that binary logs are kept, 1 to 7";
    }

    private static String seconds(String variable) {
        return "Set " + variable + " to the seconds that binary logs are kept, for example 86400";
    }

    private static Optional<Provider> provider(Database at) {
        return Optional.ofNullable(at.provider());
    }

    private static Script named(Database at, Script script) {
        return at.instance() == null
                ? script.needing("DB_INSTANCE", "Set DB_INSTANCE to the name of the instance")
                : script;
    }

    private static Word name(Database at) {
        return at.instance() == null
                ? Word.variable("DB_INSTANCE")
                : Word.text(at.instance().value());
    }

    private static Word instance(String option, Database at) {
        return Word.option(option, name(at));
    }

    private static Invocation aws(String action, Object... words) {
        return Invocation.of("aws", with(List.of("rds", action), words));
    }

    private static Invocation gcloud(String action, Object... words) {
        return Invocation.of("gcloud", with(List.of("sql", "instances", action), words));
    }

    private static Object[] with(List<String> verbs, Object... words) {
        return Stream.concat(verbs.stream(), Arrays.stream(words)).toArray();
    }

    private static Script azure(Database at, String action, String option, Word last) {
        return Script.of(
                        Invocation.of(
                                "az",
                                at.engine() == Engine.POSTGRESQL ? "postgres" : "mysql",
                                "flexible-server",
                                action,
                                instance("--name", at),
                                Word.option("--resource-group", Word.variable("RESOURCE_GROUP")),
                                option,
                                last))
                .needing("RESOURCE_GROUP", GROUP);
    }
}
