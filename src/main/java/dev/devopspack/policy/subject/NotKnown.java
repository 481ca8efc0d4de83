package dev.devopspack.policy.subject;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelUnknownSet;

/// The value that the files do not tell, as rules see it.
public final class NotKnown {

    private NotKnown() {}

    /// @param why for example `the build argument TAG has no default`
    public static Object because(String why) {
        return CelUnknownSet.create(
                CelAttribute.create("value").qualify(CelAttribute.Qualifier.ofString(why)));
    }
}
