/**
 * What can be asked of the system. Each question is one method of one class here; every protocol
 * gives it its own form.
 *
 * <p>Owns the keeper (the only writer of rooms) and its group commit, the list as this node shows
 * it, the counting of likes and viewers, accounts, and what becomes of callbacks and polls. What it
 * needs from outside are the interfaces in {@code port}. May use {@code domain}, {@code hall}, and
 * of Vert.x only futures.
 */
package io.livehall.service;
