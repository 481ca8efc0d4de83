package dev.devopspack.policy.kubernetes;

/// A container image's name in its parts.
///
/// @param name without registry, tag and digest: `library/nginx`
/// @param registry empty where none is written, which means Docker Hub
record Image(String whole, String registry, String name, String tag, String digest) {

    static Image of(String whole) {
        String rest = whole.strip();
        int at = rest.indexOf('@');
        String digest = at < 0 ? "" : rest.substring(at + 1);
        rest = at < 0 ? rest : rest.substring(0, at);
        int colon = rest.lastIndexOf(':');
        String tag = "";
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        boolean isRegistry =
                first.contains(".") || first.contains(":") || first.equals("localhost");
        return new Image(
                whole.strip(),
                isRegistry ? first : "",
                isRegistry ? rest.substring(slash + 1) : rest,
                tag,
                digest);
    }
}
