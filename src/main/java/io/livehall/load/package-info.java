/**
 * A load tool: viewers and hosts who use a running server as apps do, and judge what they see.
 *
 * <p>Owns the client's side of the push protocol: {@code Frame} is what comes, {@code Mirror} what
 * a client shows of it, {@code Viewer} one who looks, {@code Hosts} those who change the list,
 * {@code Judge} the verdict. It meets the server on the wire only. May use: {@code domain}, {@code
 * hall}, Vert.x core for JSON, Netty.
 */
@NullMarked
package io.livehall.load;

import org.jspecify.annotations.NullMarked;
