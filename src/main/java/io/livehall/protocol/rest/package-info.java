/**
 * REST v1, as {@code openapi.yaml} describes it: {@link io.livehall.protocol.rest.RestApi} makes
 * the router from that file. One class for each resource parses, calls one service method, and
 * renders.
 *
 * <p>It owns the JSON of the API ({@link io.livehall.protocol.RoomJson}), the strict reading of
 * input, and problem+json. It may use {@code domain}, {@code hall}, {@code service}, {@code
 * protocol}, Vert.x core and web, and snakeyaml to read the contract.
 */
@org.jspecify.annotations.NullMarked
package io.livehall.protocol.rest;
