package dev.devopspack.review;

import java.util.Locale;

/// What would happen to one resource, the gravest first.
public enum Action {
    DESTROY("-"),
    REPLACE("-/+"),
    UPDATE("~"),
    CREATE("+"),
    /// It leaves the state and goes on existing, from then on unmanaged.
    FORGET("."),
    /// A data source is read while the change is made.
    READ("<="),
    NO_OP(" ");

    private final String sign;

    Action(String sign) {
        this.sign = sign;
    }

    /// The sign that Terraform prints.
    public String sign() {
        return sign;
    }

    /// For example `no-op`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether something that exists is gone afterwards, even if only for a while.
    public boolean destroys() {
        return this == DESTROY || this == REPLACE;
    }
}
