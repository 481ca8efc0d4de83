/// Pages and REST resources, their view models, and the walls around HTTP: who is calling, from
/// where, to which path. Thin: it reads requests, calls the rows below and shows what they
/// answered. Decides nothing about change sets; nothing else in the program knows JAX-RS or Qute.
@NullMarked
package dev.devopspack.web;

import org.jspecify.annotations.NullMarked;
