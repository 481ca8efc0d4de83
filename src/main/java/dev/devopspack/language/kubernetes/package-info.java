/// What Kubernetes itself takes: the kinds and fields of each release, and a check of manifests
/// against them.
///
/// Lives here: reading the schema packs of Kubernetes, comparing objects with them and with each
/// other, and asking the rules that definitions bring. Does not live here: what works those out in
/// CEL, rules of ours, severities, or anything that asks a cluster.
@NullMarked
package dev.devopspack.language.kubernetes;

import org.jspecify.annotations.NullMarked;
