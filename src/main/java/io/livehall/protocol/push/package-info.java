/**
 * The push protocol, {@code livehall.v1}, as {@code asyncapi.yaml} describes it: who looks at what,
 * and what he is told.
 *
 * <p>It owns the frames, the sockets and what was told of each view and room. {@link
 * io.livehall.protocol.push.NewsDesk} belongs to the hall's thread and encodes each frame once;
 * {@link io.livehall.protocol.push.PushLoop} belongs to an event loop and writes it to its sockets;
 * {@link io.livehall.protocol.push.PushDoor} lets them in. It may use {@code domain}, {@code hall},
 * {@code service}, {@code protocol}, Vert.x core and Netty.
 */
@org.jspecify.annotations.NullMarked
package io.livehall.protocol.push;
