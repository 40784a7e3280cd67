/**
 * Tencent Cloud: its words and its ways. Here the callbacks it posts are proved and understood, its
 * API is asked in both of its languages, and here is a simulated cloud that carries no video but
 * speaks as the true one does: to our own callback port, so that development takes the true path,
 * and over HTTP, so that our clients can be tried.
 *
 * <p>Owns the shapes of the cloud's JSON; no other package knows them. Uses {@code domain}, {@code
 * service}, {@code config}, and Vert.x with its HTTP client.
 */
@NullMarked
package io.livehall.tencent;

import org.jspecify.annotations.NullMarked;
