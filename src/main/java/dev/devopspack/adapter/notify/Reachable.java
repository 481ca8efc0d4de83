package dev.devopspack.adapter.notify;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Which addresses belong to the public internet: a hook that leads into our own network could be
/// made to speak with what trusts its neighbours.
final class Reachable {

    private Reachable() {}

    /// How a host's name is looked up.
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /// Whether packets to it go to the public internet. Special-purpose blocks by IANA's registries
    /// do not, nor do IPv6 addresses that hold an IPv4 address which does not.
    static boolean inPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> inPublic4(four.getAddress(), 0);
            case Inet6Address six -> inPublic6(six.getAddress());
            default -> false;
        };
    }

    private static boolean inPublic4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        boolean special =
                a == 0
                        || a == 10
                        || a == 127
                        || a >= 224
                        || (a == 100 && b >= 64 && b < 128) // shared by carriers
                        || (a == 169 && b == 254)
                        || (a == 172 && b >= 16 && b < 32)
                        || (a == 192 && b == 168)
                        || (a == 192 && b == 0 && (c == 0 || c == 2))
                        || (a == 192 && b == 88 && c == 99)
                        || (a == 198 && (b == 18 || b == 19))
                        || (a == 198 && b == 51 && c == 100)
                        || (a == 203 && b == 0 && c == 113);
        return !special;
    }

    private static boolean inPublic6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        int second = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        if (first == 0x2002) { // 6to4 holds an IPv4 address
            return inPublic4(bytes, 2);
        }
        if (first == 0x64 && second == 0xff9b) { // NAT64 ends with one
            return zero(bytes, 4, 12) && inPublic4(bytes, 12);
        }
        if (first == 0x2001 && (second < 0x200 || second == 0xdb8)) {
            return false; // Teredo and other protocols; documentation
        }
        // Global unicast is 2000::/3 and nothing else; 3fff::/20 is documentation.
        return (first & 0xe000) == 0x2000 && !(first == 0x3fff && second < 0x1000);
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
