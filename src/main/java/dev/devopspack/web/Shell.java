package dev.devopspack.web;

import dev.devopspack.web.guard.Realm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every page has around its content.
///
/// @param title of the browser's tab
/// @param person the name of who is signed in
/// @param csrf the token that every form and script of this session sends back
/// @param banners what everybody must know, for example that the trial policy is in force
record Shell(
        String title,
        @Nullable String person,
        String csrf,
        List<String> banners,
        List<Link> links) {

    /// Nothing that the strict content security policy would refuse: no eval, no inline styles.
    private static final String HTMX_CONFIG =
            """
            {"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,\
            "selfRequestsOnly":true,"historyCacheSize":0,"responseHandling":\
            [{"code":"204","swap":false},{"code":"[23]..","swap":true},\
            {"code":"[45]..","swap":false,"error":true}]}\
            """;

    Shell {
        banners = List.copyOf(banners);
        links = List.copyOf(links);
    }

    public String htmx() {
        return Realm.HTMX;
    }

    public String htmxConfig() {
        return HTMX_CONFIG;
    }

    /// @param count how many things wait behind the link; null where none do
    record Link(String href, String text, boolean current, @Nullable Integer count) {}
}
