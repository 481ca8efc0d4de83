package dev.devopspack.adapter.database;

import dev.devopspack.change.CommitAuthor;
import dev.devopspack.identity.Person;
import dev.devopspack.identity.PersonId;
import dev.devopspack.identity.PersonStore;
import dev.devopspack.task.Environment;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// People in PostgreSQL.
@ApplicationScoped
@Transactional
class StoredPeople implements PersonStore, PanacheRepositoryBase<PersonRow, UUID> {

    @Override
    public void insert(Person person) {
        PersonRow row = new PersonRow();
        row.id = person.id().value();
        row.createdAt = Moments.stored(person.createdAt());
        change(row, person);
        persist(row);
    }

    @Override
    public Optional<Person> find(PersonId id) {
        return findByIdOptional(id.value()).map(StoredPeople::person);
    }

    @Override
    public List<Person> all() {
        return findAll(Sort.ascending("displayName", "id")).stream()
                .map(StoredPeople::person)
                .toList();
    }

    @Override
    public void update(Person person) {
        PersonRow row =
                findByIdOptional(person.id().value())
                        .orElseThrow(() ->
                                new IllegalArgumentException("there is no person " + person.id()));
        change(row, person);
    }

    private static void change(PersonRow row, Person person) {
        row.displayName = person.displayName();
        row.roles = RoleNames.write(person.roles());
        row.active = person.active();
        row.commitsAs =
                person.commitsAs().stream()
                        .map(CommitAuthor::value)
                        .sorted()
                        .collect(Collectors.joining(","));
        row.approves =
                person.approves().stream()
                        .map(Environment::value)
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    private static Person person(PersonRow row) {
        return new Person(
                new PersonId(row.id),
                row.displayName,
                RoleNames.read(row.roles),
                row.createdAt,
                row.active,
                environments(row.approves),
                authors(row.commitsAs));
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
