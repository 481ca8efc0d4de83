package dev.devopspack.manager.evidence;

/// What the archive says of itself to somebody who opens it without us.
final class ArchiveGuide {

    static final String TEXT =
            """
            Evidence of one change set, made by DevOps Pack.

            manifest.json                   what this is, and the SHA-256 of every file in here
            change-set/manifest.json        the change set in canonical form: its SHA-256 is the change set's digest
            change-set/files/               the files that were judged, byte for byte
            verdicts.json                   what each gate said when it judged last, with what it weighed
            scan.sarif                      findings of the rules named by `ruleset` in manifest.json
            oscal/assessment-results.json   states of controls, OSCAL 1.1.2: findings, observations, and why the rest was not decided
            approvals/ID/approval.json      who was asked for what, and each person's signed decision
            approvals/ID/signed-text.txt    exactly what people read and signed
            approvals/ID/grant.json         the permission (DSSE, in-toto), where enough people approved
            approvals/jwks.json             the server's keys that grants are verified with
            waivers/ID.json                 findings that people accepted for a while, each with the act that was signed
            log/entries.jsonl               the audit log's entries about this change set
            log/proofs/*.tlog-proof         that each entry is in the log that was signed (C2SP tlog-proof)
            log/checkpoint.txt, log/key.txt the signed tree, and the key that it is signed with

            To check it, without asking the server:

              sha256sum change-set/manifest.json
              devops-pack verify change-set/files --grant approvals/ID/grant.json --keys approvals/jwks.json --environment NAME
              devops-pack verify-audit log/proofs/entry-N.tlog-proof --key "$(cat log/key.txt)"

            Compare the two keys with those that you pinned: an archive can only be trusted as far as they can.
            If `judgedByTheseRules` in manifest.json is false, the rules have changed since the gates judged.
            """;

    private ArchiveGuide() {}
}
