package dev.devopspack.web;

import java.util.List;

record ChangeSetList(List<ChangeSetRow> rows) {}
