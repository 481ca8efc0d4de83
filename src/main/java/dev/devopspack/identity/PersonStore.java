package dev.devopspack.identity;

import java.util.List;
import java.util.Optional;

/// Keeps people. Nobody is ever removed: what was decided names them.
public interface PersonStore {

    void insert(Person person);

    Optional<Person> find(PersonId id);

    /// In the order of their names.
    List<Person> all();

    /// Replaces name, roles and whether the person is active.
    void update(Person person);
}
