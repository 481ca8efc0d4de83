/// DevOps Pack: the server between AI assistants and production.
@NullMarked
package dev.devopspack;

import org.jspecify.annotations.NullMarked;
