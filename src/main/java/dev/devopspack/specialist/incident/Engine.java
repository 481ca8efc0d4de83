package dev.devopspack.specialist.incident;

/// A database engine that we know commands of. MariaDB is asked as MySQL where both agree.
public enum Engine {
    POSTGRESQL("PostgreSQL"),
    MYSQL("MySQL"),
    MARIADB("MariaDB");

    private final String title;

    Engine(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
