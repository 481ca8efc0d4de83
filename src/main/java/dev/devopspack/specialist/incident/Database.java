package dev.devopspack.specialist.incident;

import org.jspecify.annotations.Nullable;

/// A database, with what commands need to reach it. What is not known a person sets as a variable.
///
/// @param instance the provider's name of it
record Database(
        Engine engine,
        @Nullable HostName host,
        @Nullable Provider provider,
        @Nullable Identifier instance) {}
