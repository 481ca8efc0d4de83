package dev.devopspack.language.dockerfile;

/// The parts of an image's name: `registry.example.com:5000/team/app:1.2@sha256:...`.
///
/// @param registry empty where none is named
/// @param repository without registry, for example `library/nginx`
/// @param tag empty where none is named
/// @param digest empty where none is named
public record ImageName(String registry, String repository, String tag, String digest) {

    public static ImageName of(String image) {
        String rest = image;
        String digest = "";
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        String tag = "";
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            rest = rest.substring(0, colon);
        }
        int slash = rest.indexOf('/');
        String first = slash < 0 ? "" : rest.substring(0, slash);
        boolean isRegistry =
                first.contains(".") || first.contains(":") || first.equals("localhost");
        return new ImageName(
                isRegistry ? first : "",
                isRegistry ? rest.substring(slash + 1) : rest,
                tag,
                digest);
    }
}
