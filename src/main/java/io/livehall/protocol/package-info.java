/**
 * What every public language has in common: {@link io.livehall.protocol.ErrorTable} gives each
 * error its form in each of them, {@link io.livehall.protocol.Tokens} says who speaks.
 *
 * <p>It owns the form of tokens and of stored passwords. It may use {@code domain}, {@code hall},
 * {@code service} and Vert.x core and web. Each language has a package of its own below this one,
 * and knows none of the others.
 */
@org.jspecify.annotations.NullMarked
package io.livehall.protocol;
