package dev.devopspack.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What would happen to one resource.
///
/// @param address for example `module.network.aws_subnet.private["eu-west-1a"]`
/// @param provider for example `registry.terraform.io/hashicorp/aws`; empty where not known
/// @param previousAddress where it was before it was moved
/// @param importing whether something that exists is taken into the state
/// @param reason the plan's own word for why, for example `delete_because_no_resource_config`
/// @param attributes what differs, sorted by path; of a created one what is set
/// @param before its values before, [Datum.Nothing] where it is created
/// @param after its values after, with unknown and masked ones; [Datum.Nothing] where it goes
public record ResourceChange(
        String address,
        String type,
        String name,
        String provider,
        Action action,
        @Nullable String previousAddress,
        boolean importing,
        @Nullable String reason,
        List<AttributeChange> attributes,
        Datum before,
        Datum after) {

    public ResourceChange {
        attributes = List.copyOf(attributes);
    }

    public boolean moved() {
        return previousAddress != null && !previousAddress.equals(address);
    }

    /// The paths that force the replacement, as the plan says.
    public List<String> replacePaths() {
        return attributes.stream()
                .filter(AttributeChange::forcesReplacement)
                .map(AttributeChange::path)
                .toList();
    }

    /// Whether the update touches tags alone.
    public boolean tagsOnly() {
        return action == Action.UPDATE
                && !attributes.isEmpty()
                && attributes.stream().allMatch(ResourceChange::isTag);
    }

    private static boolean isTag(AttributeChange change) {
        String path = change.path();
        for (String root : List.of("tags", "tags_all", "labels", "effective_labels")) {
            if (path.equals(root) || path.startsWith(root + ".") || path.startsWith(root + "[")) {
                return true;
            }
        }
        return false;
    }

    Datum document() {
        Map<String, Datum> document = new TreeMap<>();
        document.put("address", new Datum.Text(address));
        document.put("type", new Datum.Text(type));
        document.put("action", new Datum.Text(action.label()));
        if (!provider.isEmpty()) {
            document.put("provider", new Datum.Text(provider));
        }
        if (previousAddress != null) {
            document.put("previousAddress", new Datum.Text(previousAddress));
        }
        if (importing) {
            document.put("importing", new Datum.Flag(true));
        }
        if (reason != null) {
            document.put("reason", new Datum.Text(reason));
        }
        List<Datum> list = new ArrayList<>();
        attributes.forEach(attribute -> list.add(attribute.document()));
        document.put("attributes", new Datum.Items(list));
        return Datum.Members.of(document);
    }
}
