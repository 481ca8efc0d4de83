package dev.devopspack.language.hcl.function;

import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Str;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Arithmetic of network ranges.
final class NetworkFunctions {

    private NetworkFunctions() {}

    static void addTo(Registry all) {
        all.whole("cidrhost", 2, NetworkFunctions::host);
        all.whole("cidrnetmask", 1, NetworkFunctions::mask);
        all.whole("cidrsubnet", 3, NetworkFunctions::subnet);
        all.whole("cidrsubnets", 2, Function.ANY, NetworkFunctions::subnets);
    }

    private static AddressRange range(Arguments arguments) {
        return AddressRange.parse(arguments.text(0))
                .orElseThrow(() ->
                        arguments.problem(
                                "\"" + arguments.text(0) + "\" is no network range",
                                "Write it as address/bits, such as 10.0.0.0/16"));
    }

    private static Value host(Arguments arguments) {
        AddressRange range = range(arguments);
        BigInteger number = whole(arguments, 1);
        BigInteger hosts = BigInteger.ONE.shiftLeft(range.size() - range.bits());
        BigInteger offset = number.signum() < 0 ? number.add(hosts) : number;
        if (offset.signum() < 0 || offset.compareTo(hosts) >= 0) {
            throw arguments.problem(
                    "the range has no host " + number, "Stay below its number of addresses");
        }
        return new Str(AddressRange.text(range.first().add(offset), range.size()));
    }

    private static BigInteger whole(Arguments arguments, int index) {
        BigDecimal number = arguments.number(index);
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException notWhole) {
            throw arguments.wrong(index, "a whole number");
        }
    }

    private static Value mask(Arguments arguments) {
        AddressRange range = range(arguments);
        if (range.size() != 32) {
            throw arguments.problem("IPv6 ranges have no netmask", "Give it an IPv4 range");
        }
        BigInteger all = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
        BigInteger mask = all.shiftRight(32 - range.bits()).shiftLeft(32 - range.bits());
        return new Str(AddressRange.text(mask, 32));
    }

    private static Value subnet(Arguments arguments) {
        AddressRange range = range(arguments);
        int bits = extended(arguments, range, arguments.integer(1));
        BigInteger number = whole(arguments, 2);
        int newBits = bits - range.bits();
        if (number.signum() < 0 || number.bitLength() > newBits) {
            throw arguments.problem(
                    "there is no subnet " + number + " in " + newBits + " bits",
                    "Use a smaller number or more bits");
        }
        BigInteger first = range.first().add(number.shiftLeft(range.size() - bits));
        return new Str(AddressRange.text(first, range.size()) + "/" + bits);
    }

    private static int extended(Arguments arguments, AddressRange range, int newBits) {
        int bits = range.bits() + newBits;
        if (newBits < 0 || newBits > range.size() || bits > range.size()) {
            throw arguments.problem(
                    "/" + range.bits() + " cannot be extended by " + newBits + " bits",
                    "Stay within " + range.size() + " bits");
        }
        return bits;
    }

    private static Value subnets(Arguments arguments) {
        AddressRange range = range(arguments);
        BigInteger next = range.first();
        BigInteger end = next.add(BigInteger.ONE.shiftLeft(range.size() - range.bits()));
        List<Value> subnets = new ArrayList<>();
        for (int i = 1; i < arguments.count(); i++) {
            int bits = extended(arguments, range, arguments.integer(i));
            BigInteger step = BigInteger.ONE.shiftLeft(range.size() - bits);
            BigInteger over = next.subtract(range.first()).mod(step);
            BigInteger first = over.signum() == 0 ? next : next.add(step).subtract(over);
            next = first.add(step);
            if (next.compareTo(end) > 0) {
                throw arguments.problem(
                        "the subnets do not fit into " + arguments.text(0), "Use smaller subnets");
            }
            subnets.add(new Str(AddressRange.text(first, range.size()) + "/" + bits));
        }
        return Value.list(subnets);
    }
}
