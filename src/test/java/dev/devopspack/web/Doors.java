package dev.devopspack.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.testing.PersonAtBrowser;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// Where people sign forms: no token comes in, and nothing that another site's page makes a
/// person's browser send.
final class Doors {

    private Doors() {}

    /// @param person who may come in
    /// @param form where it is signed, for example `/pauses`
    static void areShut(PersonAtBrowser person, String token, String... form) {
        for (String path : form) {
            for (String door : List.of(path, path + "/options")) {
                assertEquals(401, person.postWithToken(door, token).statusCode(), door);
                assertEquals(
                        403, person.postWithoutCsrf(door, new JsonObject()).statusCode(), door);
            }
        }
    }
}
