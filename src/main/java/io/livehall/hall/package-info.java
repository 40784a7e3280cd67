/**
 * The list of live rooms as one node knows it.
 *
 * <p>Purpose: to answer "which rooms are live", by newest, by hot and by tag, from memory and
 * without a lock; and "what changed in what I look at". Owns: {@code Hall}, an immutable value at a
 * position of the log, its orders, its pages and their cursors; {@code View}, {@code Delta} from
 * one page of it to a later one, and {@code Tail}, by which an earlier page is told. One writer
 * makes the next hall from the last; readers hold one through a volatile reference. May use: {@code
 * domain}, nothing else.
 */
package io.livehall.hall;
