package dev.devopspack.testing;

/// How often a test repeats what it measures: a little in the suite, a lot by hand, where
/// `-Dmeasured.NAME=NUMBER` says so.
public final class Measured {

    private Measured() {}

    public static int times(String name, int inTheSuite) {
        return Integer.getInteger("measured." + name, inTheSuite);
    }
}
