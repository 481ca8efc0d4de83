package dev.devopspack.approval.enforcement.kubernetes;

import dev.devopspack.approval.enforcement.ForeignJson;
import dev.devopspack.change.Hidden;
import dev.devopspack.task.InvalidInput;
import java.util.List;
import java.util.Map;

/// What the API server asks: `AdmissionReview` of `admission.k8s.io/v1`.
///
/// @param uid tells this question from others
/// @param operation CREATE, UPDATE, DELETE or CONNECT
/// @param subresource empty where the object itself is meant
/// @param object as it would be stored; empty where there is none
/// @param stored as it is stored now; empty where there is none
record Review(
        String uid,
        String operation,
        String subresource,
        String namespace,
        String user,
        List<String> groups,
        Map<String, Object> object,
        Map<String, Object> stored,
        boolean dryRun) {

    private static final String KIND = "AdmissionReview";
    private static final String API_VERSION = "admission.k8s.io/v1";

    private static final int MAX_NAME_LENGTH = 600;

    /// @throws InvalidInput if it is no review that can be understood
    static Review parse(String text) {
        Map<String, Object> review = ForeignJson.object("review", text);
        if (!KIND.equals(review.get("kind")) || !API_VERSION.equals(review.get("apiVersion"))) {
            throw refusal("it is no " + KIND + " of " + API_VERSION);
        }
        Map<String, Object> request = object(review, "request");
        Map<String, Object> user = object(request, "userInfo");
        Object groups = user.getOrDefault("groups", List.of());
        if (!(groups instanceof List<?> list)
                || !list.stream().allMatch(group -> group instanceof String)) {
            throw refusal("'groups' is no list of texts");
        }
        return new Review(
                text(request, "uid"),
                text(request, "operation"),
                optionalText(request, "subResource"),
                optionalText(request, "namespace"),
                text(user, "username"),
                list.stream().map(String::valueOf).toList(),
                optionalObject(request, "object"),
                optionalObject(request, "oldObject"),
                flag(request, "dryRun"));
    }

    private static Map<String, Object> object(Map<String, Object> map, String name) {
        if (!map.containsKey(name)) {
            throw refusal("'" + name + "' is missing");
        }
        return optionalObject(map, name);
    }

    @SuppressWarnings("unchecked") // the reader makes nothing but maps with text keys
    private static Map<String, Object> optionalObject(Map<String, Object> map, String name) {
        return switch (map.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> (Map<String, Object>) object;
            default -> throw refusal("'" + name + "' is no object");
        };
    }

    private static String text(Map<String, Object> map, String name) {
        String text = optionalText(map, name);
        if (text.isEmpty()) {
            throw refusal("'" + name + "' is missing");
        }
        return text;
    }

    private static String optionalText(Map<String, Object> map, String name) {
        return switch (map.get(name)) {
            case null -> "";
            case String text when text.length() <= MAX_NAME_LENGTH && Hidden.firstIn(text) < 0 ->
                    text;
            default -> throw refusal("'" + name + "' is no plain text");
        };
    }

    private static boolean flag(Map<String, Object> map, String name) {
        return switch (map.get(name)) {
            case null -> false;
            case Boolean flag -> flag;
            default -> throw refusal("'" + name + "' is neither true nor false");
        };
    }

    private static InvalidInput refusal(String problem) {
        return new InvalidInput("review", problem, "Send the review as the API server makes it.");
    }
}
