/**
 * The programs behind {@code scripts/bench}: they seed rooms, make load, look on as viewers, and
 * run parts of the server by themselves. Owns nothing; uses the JDK, Vert.x, Netty and the server,
 * so that the server's jar is all its class path.
 */
@NullMarked
package io.livehall.bench;

import org.jspecify.annotations.NullMarked;
