package dev.devopspack.specialist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Ipv4RangeTest {

    @Test
    void onlyAnAddressAndAPrefixIsARange() {
        List<String> refused =
                List.of(
                        "",
                        "/",
                        "10.0.0.0",
                        "10.0.0/8",
                        "10.0.0.0.0/8",
                        "10.0.0.0/33",
                        "256.0.0.0/8",
                        "010.0.0.0/8",
                        "10.0.0.0/08",
                        "10.0.0.0/-1",
                        "10.0.0.0/8 ",
                        "10.0.0.x/8",
                        "١٠.0.0.0/8",
                        "1000.0.0.0/8",
                        "::/0");

        assertEquals(
                List.of(),
                refused.stream().filter(text -> Ipv4Range.parse(text).isPresent()).toList());
        assertEquals(Optional.of(new Ipv4Range(0x0A140000L, 16)), Ipv4Range.parse("10.20.0.0/16"));
    }

    @Test
    void aNetworkHasNoBitBehindItsPrefix() {
        assertEquals(
                List.of("0.0.0.0/0", "10.0.0.0/16", "255.255.255.255/32"),
                those(
                        Ipv4Range::isNetwork,
                        "0.0.0.0/0",
                        "10.0.0.0/16",
                        "255.255.255.255/32",
                        "10.0.0.1/16",
                        "10.0.0.0/4"));
    }

    @Test
    void privateRangesLieWhollyInsideThoseReserved() {
        assertEquals(
                List.of(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "172.31.0.0/16",
                        "192.168.0.0/16",
                        "100.64.0.0/10"),
                those(
                        Ipv4Range::isPrivate,
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "172.31.0.0/16",
                        "192.168.0.0/16",
                        "100.64.0.0/10",
                        "0.0.0.0/0",
                        "10.0.0.0/7",
                        "172.32.0.0/16",
                        "192.169.0.0/16",
                        "100.128.0.0/10",
                        "8.8.8.0/24"));
    }

    private static List<String> those(
            java.util.function.Predicate<Ipv4Range> fits, String... texts) {
        return List.of(texts).stream()
                .filter(text -> Ipv4Range.parse(text).filter(fits).isPresent())
                .toList();
    }
}
