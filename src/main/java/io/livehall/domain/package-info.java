/**
 * A live room and what a word about it means: pure Java, no clock, no thread, no store.
 *
 * <p>Owns the room, its states, the evidence of its stream and the rules by which it lives and
 * ends; the names and signed addresses of streams; {@link io.livehall.domain.ErrorCode}, the ways
 * in which a call can fail. May use nothing but {@code java}.
 */
package io.livehall.domain;
