package dev.devopspack.specialist.security;

import dev.devopspack.policy.Severity;
import dev.devopspack.specialist.Described;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `policy_generation` is asked with. Which inputs a format takes is said by their
/// descriptions.
public record PolicyInput(
        @Described("Which language.") @Nullable PolicyFormat format,
        @Described(value = "Name of the policy.", example = "hardened-pods") @Nullable String name,
        @Described("Kubernetes formats: what workloads must keep.")
                @Nullable List<String> constraints,
        @Described(
                        value =
                                "For allowed_registries: beginnings of image names, with a / at the end.",
                        example = "registry.example.com/")
                @Nullable List<String> registries,
        @Described(value = "For required_labels: keys of labels.", example = "team")
                @Nullable List<String> labels,
        @Described("Kubernetes formats: what a violation does; deny where left out.")
                @Nullable Action action,
        @Described(
                        "Kubernetes formats: namespaces that are left alone; kube-system where left out.")
                @Nullable List<String> exceptNamespaces,
        @Described("scp: what nobody in the organisation may do.")
                @Nullable List<String> guardrails,
        @Described(value = "scp with allowed_regions: regions.", example = "eu-central-1")
                @Nullable List<String> regions,
        @Described(value = "iam: the API calls that a program makes.", example = "s3:GetObject")
                @Nullable List<String> calls,
        @Described("iam: ARNs by service (s3) or by call (s3:GetObject).")
                @Nullable Map<String, List<String>> resources,
        @Described("rule: what it judges and what must hold.") @Nullable RuleInput rule) {

    /// What becomes of an object that violates the policy.
    public enum Action {
        DENY,
        WARN,
        AUDIT
    }

    /// A rule of ours in words.
    ///
    /// @param passing a file for which it holds; made for Terraform where left out
    public record RuleInput(
            @Described(value = "Upper-case letters, digits and dashes.", example = "ACME-AWS-001")
                    String id,
            @Described("The state that the rule wants, one line.") String title,
            @Described("What happens to somebody who leaves it as it is.") String why,
            @Described("How bad it is.") Severity severity,
            @Described(value = "What it judges.", example = "terraform/aws_s3_bucket")
                    String subject,
            @Described("What must hold, all of them.") List<ConditionInput> conditions,
            @Described("What to type instead, one line.") String mend,
            @Described("Name of the example files; main.tf where left out.") @Nullable String file,
            @Described("A file for which it holds; made for Terraform where left out.")
                    @Nullable String passing,
            @Described("A file for which it does not; made for Terraform where left out.")
                    @Nullable String failing) {}

    /// @param value a text, number, true or false; a list for `in` and `not_in`
    public record ConditionInput(
            @Described(value = "Path of the attribute.", example = "versioning.enabled")
                    String attribute,
            @Described("How it is compared.") Comparison is,
            @Described("With what; nothing for set and not_set.") @Nullable Object value) {}

    /// How an attribute is compared.
    public enum Comparison {
        EQUALS,
        NOT_EQUALS,
        IN,
        NOT_IN,
        AT_LEAST,
        AT_MOST,
        SET,
        NOT_SET
    }
}
