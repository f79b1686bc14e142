package io.jasyncio.coroutines.resources

import io.jasyncio.AsyncCloseable

/** The standard library's `use`, which is what the name means in a file that does not import ours. */
internal fun useOfTheStandardLibrary(closeable: AsyncCloseable): Int = closeable.use { 1 }
