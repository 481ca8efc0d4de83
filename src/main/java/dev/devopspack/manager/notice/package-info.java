/// What is told outside of what the audit log says happened: which entries, in which words, to whom
/// and how often it is tried. Lives here: the words and the bookkeeping. Does not live here: how a
/// message is sent, and anything that a message could change.
@NullMarked
package dev.devopspack.manager.notice;

import org.jspecify.annotations.NullMarked;
