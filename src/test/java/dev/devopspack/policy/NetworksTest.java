package dev.devopspack.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.devopspack.policy.subject.Attributes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, 10.0.0.255, 256",
        "10.0.0.7, 10.0.0.7, 1",
        "0.0.0.0, 255.255.255.255, 4294967296",
        "10.0.0.9, 10.0.0.1, 0",
        "10.0.0, 10.0.0.1, 0",
        "10.0.0.256, 10.0.1.0, 0",
        "10.0.0.0, anything, 0",
    })
    void addressesBetweenTwoAreCounted(String first, String last, long count) {
        assertEquals(count, Networks.addresses(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "22, 22, true",
        "20-30, 22, true",
        "*, 22, true",
        "0-65535, 22, true",
        "20/30, 22, true",
        "-1/-1, 22, true",
        "23/23, 22, false",
        "23, 22, false",
        "30-20, 22, false",
        "ssh, 22, false",
    })
    void portIsInAListOfPortsAndRanges(String ports, long port, boolean included) {
        assertEquals(included, Networks.includesPort(rule(ports), port));
    }

    @Test
    void everyPortIsOneRangeOfAll() {
        assertEquals(true, Networks.includesEveryPort(rule("0-65535")));
        assertEquals(true, Networks.includesEveryPort(rule("*")));
        assertEquals(false, Networks.includesEveryPort(rule("1-1024")));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, true",
        "::/0, true",
        "128.0.0.0/1, true",
        "10.0.0.0/8, false",
        "/1, false",
        "0.0.0.0, false",
    })
    void internetIsARangeOfHalfOfItOrMore(String range, boolean opens) {
        assertEquals(opens, Networks.opensToInternet(List.of(range)));
    }

    private static Attributes rule(String ports) {
        return new Attributes(Map.of("ports", List.of(ports)));
    }
}
