package dev.devopspack.specialist.incident;

import java.util.List;
import java.util.Optional;

/// Who is called, when and why: by severity.
final class Escalation {

    /// @param when a constant of ours, `at once` or a time without success
    record Call(String when, String who, String why) {}

    private Escalation() {}

    static List<Call> calls(Situation situation) {
        Contacts who = situation.contacts();
        return switch (situation.severity()) {
            case CRITICAL ->
                    List.of(
                            call("at once", who.onCall(), "acts first"),
                            call(
                                    "at once",
                                    who.secondary(),
                                    "second pair of hands; one acts, one writes"),
                            call(
                                    "at once",
                                    who.commander(),
                                    "leads, decides what destroys, keeps time"),
                            call("at once", who.communications(), "writes to users"),
                            call(
                                    "once a branch is found, at the latest after 15 minutes",
                                    who.platform(),
                                    "branches that name the platform"),
                            call(
                                    "once a branch is found, at the latest after 15 minutes",
                                    who.database(),
                                    "branches that name the database"),
                            call(
                                    "within 15 minutes",
                                    who.management(),
                                    "is told, is not asked to act"));
            case HIGH ->
                    List.of(
                            call("at once", who.onCall(), "acts first"),
                            call(
                                    situation.services().size() > 1
                                            ? "at once: more than one service fails"
                                            : "after 15 minutes without a mitigation that works, or"
                                                    + " once a second service fails",
                                    who.commander(),
                                    "leads and decides"),
                            call(
                                    "after 30 minutes without a mitigation that works",
                                    who.secondary(),
                                    "second pair of hands"),
                            call(
                                    "once a branch is found that names it",
                                    who.platform(),
                                    "network, nodes, DNS"),
                            call(
                                    "once a branch is found that names it",
                                    who.database(),
                                    "the database"),
                            call(
                                    "once users are affected for 15 minutes",
                                    who.communications(),
                                    "writes to users"),
                            call("after 2 hours, or in the morning", who.management(), "is told"));
            case MEDIUM ->
                    List.of(
                            call(
                                    "at once in working hours; at night only if it grows",
                                    who.onCall(),
                                    "acts first"),
                            call(
                                    "after 60 minutes of work without a mitigation that works",
                                    who.secondary(),
                                    "second pair of hands"),
                            call(
                                    "in working hours, once a branch is found that names it",
                                    who.platform(),
                                    "network, nodes, DNS"),
                            call(
                                    "in working hours, once a branch is found that names it",
                                    who.database(),
                                    "the database"),
                            call("once users ask", who.communications(), "answers them"));
            case LOW ->
                    List.of(
                            call(
                                    "by ticket, on the next working day",
                                    who.onCall(),
                                    "plans the work; nobody is woken"),
                            call("by ticket", who.platform(), "branches that name the platform"),
                            call("by ticket", who.database(), "branches that name the database"));
        };
    }

    private static Call call(String when, RoleName who, String why) {
        return new Call(when, who.value(), why);
    }

    /// Who knows more, as a role.
    static RoleName helper(Situation situation, Branch.Helper helper) {
        return switch (helper) {
            case OWNER -> owner(situation).orElse(situation.contacts().secondary());
            case DATABASE -> situation.contacts().database();
            case PLATFORM -> situation.contacts().platform();
        };
    }

    /// The one owner of all services, where there is one.
    private static Optional<RoleName> owner(Situation situation) {
        List<RoleName> owners =
                situation.services().stream()
                        .flatMap(service -> Optional.ofNullable(service.owner()).stream())
                        .distinct()
                        .toList();
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }
}
