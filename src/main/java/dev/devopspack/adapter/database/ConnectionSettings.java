package dev.devopspack.adapter.database;

import java.util.LinkedHashMap;
import java.util.Map;

/// How to connect: one role owns the tables and migrates them, another one works with them and
/// cannot change what is append-only.
///
/// @param url `jdbc:postgresql://…`, without credentials
public record ConnectionSettings(String url, Credentials owner, Credentials app) {

    public record Credentials(String role, String password) {

        @Override
        public String toString() {
            return role + " (password hidden)";
        }
    }

    /// The configuration that Quarkus needs, to be set before it starts.
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("quarkus.datasource.jdbc.url", url);
        properties.put("quarkus.datasource.username", app.role());
        properties.put("quarkus.datasource.password", app.password());
        properties.put("quarkus.flyway.jdbc-url", url);
        properties.put("quarkus.flyway.username", owner.role());
        properties.put("quarkus.flyway.password", owner.password());
        properties.put("quarkus.flyway.placeholders.app_role", app.role());
        return properties;
    }

    /// Sets {@link #properties()} as system properties of this process.
    public void publish() {
        properties().forEach(System::setProperty);
    }
}
