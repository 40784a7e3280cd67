/**
 * How verticles speak to each other, on one node and between nodes.
 *
 * <p>Owns the catalogue of everything that is said ({@link io.livehall.bus.Addresses}), how it is
 * said, and its form on the wire. Nobody else touches Vert.x's event bus. May use {@code domain},
 * {@code service} and Vert.x core.
 */
package io.livehall.bus;
