/**
 * PostgreSQL: the truth about rooms, their log, accounts, callbacks and who is to be polled.
 *
 * <p>Owns the tables, their migrations and all SQL, each statement beside the method that runs it.
 * May use {@code domain}, {@code service}, {@code config} and Vert.x's PostgreSQL client.
 */
package io.livehall.postgres;
