package dev.devopspack.language.hcl.value;

import java.util.ArrayList;
import java.util.List;

/// A thing that an expression refers to, and what of it.
///
/// For `aws_kms_key.this[0].arn` inside `module.keys` the module is `module.keys`, the subject
/// `aws_kms_key.this`, the key `[0]` and the path `arn`.
///
/// @param module address of the module the subject is in; empty for the root
/// @param subject `type.name`, `data.type.name`, `var.name`, `local.name` or `module.name`
/// @param key the instance as written in an address: `[0]`, `["a"]`; empty where there is none or
///   it is not known
/// @param path attribute names and index keys behind the subject
public record Reference(String module, String subject, String key, List<String> path) {

    public Reference {
        path = List.copyOf(path);
    }

    /// Address of the subject without instance: `module.keys.aws_kms_key.this`.
    public String address() {
        return module.isEmpty() ? subject : module + "." + subject;
    }

    /// Address with the instance as far as it is known: `module.keys.aws_kms_key.this[0]`.
    public String instance() {
        return address() + key;
    }

    public Reference with(String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return new Reference(module, subject, key, longer);
    }

    public Reference withKey(String newKey) {
        return new Reference(module, subject, newKey, path);
    }

    /// As it would be written: `module.keys.aws_kms_key.this[0].arn`.
    public String text() {
        StringBuilder text = new StringBuilder(instance());
        path.forEach(step -> text.append('.').append(step));
        return text.toString();
    }
}
