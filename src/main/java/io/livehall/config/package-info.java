/**
 * What an operator can set: {@link io.livehall.config.LiveConfig}, one tree of records, read once
 * and checked whole before anything starts.
 *
 * <p>It owns the defaults ({@code conf/livehall.json}), the order of the sources, the check of
 * every value, and the masking of secrets. It may use Vert.x's {@code JsonObject} and nothing else.
 */
package io.livehall.config;
