/**
 * The programs behind {@code scripts/bench}: they seed rooms and make load. Owns nothing; uses the
 * JDK, Vert.x and the keeper with its store, so that the server's jar is all its class path.
 */
@NullMarked
package io.livehall.bench;

import org.jspecify.annotations.NullMarked;
