package dev.devopspack.testing;

import java.util.Base64;

/// Keys and certificates as text.
public final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    /// @param name for example `PRIVATE KEY`
    public static String of(String name, byte[] der) {
        return "-----BEGIN "
                + name
                + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + name
                + "-----\n";
    }
}
