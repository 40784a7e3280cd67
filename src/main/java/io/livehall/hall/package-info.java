/**
 * The list of live rooms as one node knows it.
 *
 * <p>Purpose: to answer "which rooms are live", by newest, by hot and by tag, from memory and
 * without a lock. Owns: {@code Hall}, an immutable value at a position of the log, its orders, its
 * pages and their cursors. One writer makes the next hall from the last; readers hold one through a
 * volatile reference. May use: {@code domain}, nothing else.
 */
package io.livehall.hall;
