/// What a person accepts for a while although a rule says no: signed, bounded, named in every
/// verdict that it changes. Judges no file: the gates do, with what is in force here.
@NullMarked
package dev.devopspack.approval.waiver;

import org.jspecify.annotations.NullMarked;
