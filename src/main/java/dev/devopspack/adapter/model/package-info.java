/// A language model at an OpenAI-compatible endpoint, by LangChain4j. Lives here: the address, the
/// key, the time and size of an exchange. Does not live here: what is asked and what is made of the
/// answer; `manager.draft` decides that.
@NullMarked
package dev.devopspack.adapter.model;

import org.jspecify.annotations.NullMarked;
