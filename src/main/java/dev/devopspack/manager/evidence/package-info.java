/// What an auditor takes away of one change set: its files, verdicts, controls, approvals and the
/// log's proofs, in one archive whose bytes depend on nothing else. Reads and writes down; decides
/// and stores nothing.
@NullMarked
package dev.devopspack.manager.evidence;

import org.jspecify.annotations.NullMarked;
