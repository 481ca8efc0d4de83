package dev.devopspack.adapter.database;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// People in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredPeople implements PersonStore {

    private static final String PEOPLE =
            """
            select id, display_name, roles, created_at, active, approves, commits_as
            from people
            """;

    private final Database database;

    StoredPeople(Database database) {
        this.database = database;
    }

    @Override
    public void insert(Person person) {
        described(
                        """
                        insert into people (id, display_name, roles, created_at, active, approves,
                            commits_as)
                        values (:id, :name, :roles, :created, :active, :approves, :commits)
                        """,
                        person)
                .with("created", person.createdAt())
                .update();
    }

    @Override
    @Transactional(TxType.SUPPORTS)
    public Optional<Person> find(PersonId id) {
        return database.sql(PEOPLE + " where id = :id")
                .with("id", id.value())
                .first(StoredPeople::person);
    }

    @Override
    public List<Person> all() {
        return database.sql(PEOPLE + " order by display_name, id").list(StoredPeople::person);
    }

    @Override
    public void update(Person person) {
        boolean known =
                described(
                                """
                                update people
                                set display_name = :name, roles = :roles, active = :active,
                                    approves = :approves, commits_as = :commits
                                where id = :id
                                """,
                                person)
                        .changesOne();
        if (!known) {
            throw new IllegalArgumentException("there is no person " + person.id());
        }
    }

    private Sql described(String statement, Person person) {
        return database.sql(statement)
                .with("id", person.id().value())
                .with("name", person.displayName())
                .with("roles", RoleNames.write(person.roles()))
                .with("active", person.active())
                .with("approves", joined(person.approves().stream().map(Environment::value)))
                .with("commits", joined(person.commitsAs().stream().map(CommitAuthor::value)));
    }

    private static String joined(Stream<String> names) {
        return names.sorted().collect(Collectors.joining(","));
    }

    private static Person person(Row row) {
        return new Person(
                new PersonId(row.uuid("id")),
                row.text("display_name"),
                RoleNames.read(row.text("roles")),
                row.instant("created_at"),
                row.flag("active"),
                environments(row.text("approves")),
                authors(row.text("commits_as")));
    }

    private static Set<Environment> environments(String names) {
        return names.isEmpty()
                ? Set.of()
                : Arrays.stream(names.split(",", -1))
                        .map(Environment::new)
                        .collect(Collectors.toSet());
    }

    private static Set<CommitAuthor> authors(String addresses) {
        return addresses.isEmpty()
                ? Set.of()
                : Arrays.stream(addresses.split(",", -1))
                        .map(CommitAuthor::new)
                        .collect(Collectors.toSet());
    }
}
