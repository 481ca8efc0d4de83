package dev.devopspack.policy;

import dev.devopspack.policy.subject.Attributes;

/// Whether a KMS key is one of the customer's own and not one that AWS manages for a service.
final class CustomerKeys {

    private static final String MANAGED = "alias/aws/";

    private CustomerKeys() {}

    /// `Boolean`, or the unknown where the files do not tell.
    static Object at(Object self, String path) {
        if (Paths.first(self, path) instanceof String key && key.contains(MANAGED)) {
            return false;
        }
        boolean managed =
                self instanceof Attributes attributes
                        && (looksUpManaged(attributes, path, "data.aws_kms_key", "key_id")
                                || looksUpManaged(attributes, path, "data.aws_kms_alias", "name"));
        return managed ? false : Written.at(self, path);
    }

    private static boolean looksUpManaged(Attributes self, String path, String type, String named) {
        return Relations.referredHere(self, path, type).stream()
                .map(key -> Paths.first(key, named))
                .anyMatch(key -> key instanceof String text && text.contains(MANAGED));
    }
}
