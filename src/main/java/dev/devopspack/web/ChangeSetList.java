package dev.devopspack.web;

import java.util.List;

/// @param rows the newest first
/// @param only the stack that the list is of; empty for all
/// @param cut whether older ones may be missing
record ChangeSetList(List<ChangeSetRow> rows, String only, boolean cut) {}
