/// Schemas of Terraform providers: the schema packs that ship with the program and a typed view of
/// them.
///
/// Lives here: reading packs, blocks, attributes and their types. Does not live here: running
/// terraform, judging a module, or anything that needs a network.
@NullMarked
package dev.devopspack.language.schema;

import org.jspecify.annotations.NullMarked;
