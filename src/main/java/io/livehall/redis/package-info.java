/**
 * Redis: what is counted, and who is in a room. Rooms open, go live, are listed and close without
 * it.
 *
 * <p>Owns its keys and scripts. May use {@code domain}, {@code service}, {@code config} and
 * Vert.x's Redis client.
 */
package io.livehall.redis;
