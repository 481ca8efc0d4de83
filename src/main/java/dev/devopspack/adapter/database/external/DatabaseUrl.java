package dev.devopspack.adapter.database.external;

import dev.devopspack.adapter.database.DatabaseUnavailable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An address as people write it, `postgresql://user:password@host:5432/name` or with `jdbc:`
/// before it, divided into what the driver needs.
///
/// @param jdbc without credentials
/// @param user empty where the address names none
/// @param password empty where the address names none
record DatabaseUrl(String jdbc, String user, String password) {

    static DatabaseUrl parse(String text) {
        String url = text.strip();
        url = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        url = url.startsWith("postgres:") ? "postgresql:" + url.substring(9) : url;
        if (!url.startsWith("postgresql://")) {
            throw unusable("it does not begin with postgresql:// or jdbc:postgresql://");
        }
        String rest = url.substring("postgresql://".length());
        int slash = rest.indexOf('/');
        int question = rest.indexOf('?', Math.max(slash, 0));
        String name =
                slash < 0 ? "" : rest.substring(slash + 1, question < 0 ? rest.length() : question);
        if (name.isEmpty()) {
            throw unusable("it names no database");
        }
        String authority = rest.substring(0, slash);
        int at = authority.lastIndexOf('@');
        String[] login = (at < 0 ? "" : authority.substring(0, at)).split(":", 2);
        String user = decoded(login[0]);
        String password = login.length < 2 ? "" : decoded(login[1]);
        List<String> options = new ArrayList<>();
        for (String option : (question < 0 ? "" : rest.substring(question + 1)).split("&")) {
            if (option.startsWith("user=")) {
                user = decoded(option.substring("user=".length()));
            } else if (option.startsWith("password=")) {
                password = decoded(option.substring("password=".length()));
            } else if (!option.isEmpty()) {
                options.add(option);
            }
        }
        String jdbc =
                "jdbc:postgresql://"
                        + authority.substring(at + 1)
                        + "/"
                        + name
                        + (options.isEmpty() ? "" : "?" + String.join("&", options));
        return new DatabaseUrl(jdbc, user, password);
    }

    private static String decoded(String text) {
        try {
            // A plus sign in an address is a plus sign, not a space.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unusable("its user or password holds a '%' that is no escape");
        }
    }

    private static DatabaseUnavailable unusable(String why) {
        return new DatabaseUnavailable(
                ExternalDatabase.URL
                        + " cannot be used: "
                        + why
                        + ". Write postgresql://user:password@host:5432/name.");
    }

    @Override
    public String toString() {
        return jdbc;
    }
}
