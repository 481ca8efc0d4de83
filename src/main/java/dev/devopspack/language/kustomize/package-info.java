/// What Kustomize would build of files: which objects a kustomization takes and what its patches,
/// namespace, labels, images and replicas make of them, as YAML whose parts still know their files.
/// Runs nothing and fetches nothing; judges no object.
@NullMarked
package dev.devopspack.language.kustomize;

import org.jspecify.annotations.NullMarked;
