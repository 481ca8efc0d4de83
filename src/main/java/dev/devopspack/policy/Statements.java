package dev.devopspack.policy;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What rules ask about the statements of AWS policies.
final class Statements {

    /// Condition keys that say who the caller is or where the call comes from.
    private static final Set<String> NARROWING =
            Set.of(
                    "aws:sourcearn",
                    "aws:sourceaccount",
                    "aws:sourceorgid",
                    "aws:sourceorgpaths",
                    "aws:principalarn",
                    "aws:principalaccount",
                    "aws:principalorgid",
                    "aws:principalorgpaths",
                    "aws:principaltag",
                    "aws:userid",
                    "aws:username",
                    "aws:sourcevpc",
                    "aws:sourcevpce",
                    "aws:sourceip",
                    "aws:vpcsourceip",
                    "aws:sourceowner",
                    "aws:principalservicename",
                    "kms:calleraccount",
                    "kms:viaservice",
                    "s3:dataaccesspointaccount",
                    "s3:dataaccesspointarn",
                    "sns:endpoint",
                    "lambda:functionurlauthtype",
                    "elasticfilesystem:accesspointarn");

    /// Actions that AWS can only allow for everything: looking around, signing in, measuring.
    private static final List<String> WITHOUT_RESOURCE =
            List.of(
                    "*:describe*",
                    "*:list*",
                    "*:getauthorizationtoken",
                    "*:get*summary*",
                    "*:lookup*",
                    "*:search*",
                    "sts:getcalleridentity",
                    "cloudwatch:*",
                    "ce:*",
                    "pricing:*",
                    "tag:*",
                    "health:*",
                    "support:*",
                    "xray:put*",
                    "xray:get*",
                    "ec2:get*",
                    "ec2messages:*",
                    "ssmmessages:*",
                    "ssm:updateinstanceinformation",
                    "iam:getaccount*",
                    "iam:generatecredentialreport",
                    "iam:getcredentialreport",
                    "s3:listallmybuckets",
                    "s3:getaccountpublicaccessblock",
                    "kms:createkey",
                    "kms:generaterandom",
                    "kms:listaliases",
                    "rekognition:detect*",
                    "textract:*",
                    "polly:*",
                    "translate:*",
                    "comprehend:detect*",
                    "transcribe:*",
                    "autoscaling:describe*",
                    "ec2:createnetworkinterface",
                    "ec2:deletenetworkinterface",
                    "ec2:assignprivateipaddresses",
                    "ec2:unassignprivateipaddresses",
                    "route53:listhostedzones*",
                    "organizations:*",
                    "account:*",
                    "aws-portal:*",
                    "budgets:view*",
                    "cloudtrail:lookupevents",
                    "logs:putresourcepolicy",
                    "ecr:getauthorizationtoken",
                    "elasticloadbalancing:describe*",
                    "cloudformation:validatetemplate",
                    "sdb:*");

    /// What lists and looks at things that do have names: the objects of a bucket, its settings.
    private static final List<String> WITH_RESOURCE =
            List.of("s3:listbucket*", "s3:listmultipart*", "s3:listobject*");

    private Statements() {}

    static Object of(Attributes self, String path) {
        Subject owner = self.owner();
        return owner instanceof TerraformSubject subject
                ? PolicyDocuments.statements(subject, path)
                : List.of();
    }

    static Object everyPrincipal(Object statement) {
        if (!(statement instanceof Map<?, ?> map)) {
            return statement;
        }
        if (map.get("notPrincipals") instanceof List<?> others && !others.isEmpty()) {
            return true;
        }
        CelUnknownSet unknown = null;
        for (Object principal : items(map.get("principals"))) {
            if (principal instanceof CelUnknownSet maybe) {
                unknown = maybe;
            } else if (principal instanceof Map<?, ?> known) {
                Object id = known.get("id");
                if (id instanceof CelUnknownSet maybe) {
                    unknown = maybe;
                } else if (isEverybody(known.get("type"), id)) {
                    return true;
                }
            }
        }
        return unknown == null ? false : unknown;
    }

    private static boolean isEverybody(@Nullable Object type, @Nullable Object id) {
        if ("*".equals(id)) {
            return true;
        }
        return "AWS".equals(type)
                && id instanceof String arn
                && arn.matches("arn:[^:]*:iam::\\*:.*");
    }

    /// Whether a condition names an account, an organisation, a source or a network.
    static Object narrowed(Object statement) {
        if (!(statement instanceof Map<?, ?> map)) {
            return statement;
        }
        CelUnknownSet unknown = null;
        for (Object condition : items(map.get("conditions"))) {
            if (condition instanceof CelUnknownSet maybe) {
                unknown = maybe;
            } else if (condition instanceof Map<?, ?> known && narrows(known)) {
                return true;
            }
        }
        return unknown == null ? false : unknown;
    }

    private static boolean narrows(Map<?, ?> condition) {
        String key = String.valueOf(condition.get("variable")).toLowerCase(Locale.ROOT);
        int slash = key.indexOf('/');
        String test = String.valueOf(condition.get("test")).toLowerCase(Locale.ROOT);
        boolean positive =
                !test.contains("not") && !test.endsWith("ifexists") && !test.equals("null");
        boolean everything =
                items(condition.get("values")).stream()
                        .anyMatch(value ->
                                "*".equals(value)
                                        || "0.0.0.0/0".equals(value)
                                        || "::/0".equals(value));
        return positive
                && !everything
                && NARROWING.contains(slash < 0 ? key : key.substring(0, slash));
    }

    /// Whether the statement's actions cover `action`, wildcards included.
    static Object covers(Object statement, String action) {
        if (!(statement instanceof Map<?, ?> map)) {
            return statement;
        }
        List<?> except = items(map.get("notActions"));
        if (!except.isEmpty()) {
            Object excluded = matchesAny(except, action);
            return excluded instanceof Boolean known ? !known : excluded;
        }
        return matchesAny(items(map.get("actions")), action);
    }

    static Object restrictable(Object statement) {
        if (!(statement instanceof Map<?, ?> map)) {
            return statement;
        }
        if (!items(map.get("notActions")).isEmpty()) {
            return true;
        }
        CelUnknownSet unknown = null;
        for (Object action : items(map.get("actions"))) {
            if (action instanceof CelUnknownSet maybe) {
                unknown = maybe;
            } else if (action instanceof String text
                    && needsResource(text.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return unknown == null ? false : unknown;
    }

    private static boolean needsResource(String action) {
        return WITH_RESOURCE.stream().anyMatch(pattern -> matches(pattern, action))
                || WITHOUT_RESOURCE.stream().noneMatch(pattern -> matches(pattern, action));
    }

    private static Object matchesAny(List<?> patterns, String action) {
        CelUnknownSet unknown = null;
        for (Object pattern : patterns) {
            if (pattern instanceof CelUnknownSet maybe) {
                unknown = maybe;
            } else if (pattern instanceof String text
                    && matches(text.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return unknown == null ? false : unknown;
    }

    /// `*` and `?` as AWS reads them; one pass with one place to come back to, so linear but for
    /// the pattern's length.
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))
                    && pattern.charAt(p) != '*') {
                p++;
                t++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static List<?> items(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        return value == null || value == NullValue.NULL_VALUE
                ? List.of()
                : new ArrayList<>(List.of(value));
    }
}
