/**
 * The actors. Each has one responsibility, and its {@code start()} is the table of contents; the
 * work lives in the services.
 *
 * <p>Owns sockets, timers and the figures that operators see. No verticle names another: they speak
 * over {@code bus}. May use {@code domain}, {@code hall}, {@code service}, {@code bus}, {@code
 * protocol}, {@code config}, Vert.x core and web, and Micrometer.
 */
package io.livehall.verticle;
