/**
 * A real PostgreSQL and a real Redis as children of this process, for a start without any
 * installation.
 *
 * <p>Owns the directory {@code data.dir}: its lock, the password of the stores, their programs,
 * data and logs. Binaries come from the class path. May use the JDK, SLF4J and Commons Compress; it
 * knows nothing of the rest of the server, and nothing here speaks SQL. Calls block: they belong to
 * the start and the end of the process.
 */
@NullMarked
package io.livehall.embedded;

import org.jspecify.annotations.NullMarked;
