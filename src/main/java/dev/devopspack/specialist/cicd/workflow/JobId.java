package dev.devopspack.specialist.cicd.workflow;

/// A job's name in `needs` and in expressions: lower-case letters, digits, `-` and `_`.
public record JobId(String value) {

    public JobId {
        Checks.identifier(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
