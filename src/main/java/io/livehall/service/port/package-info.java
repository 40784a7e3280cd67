/**
 * What the services need from outside: stores, the log, the cloud. Interfaces and their records
 * only; the adapters ({@code postgres}, {@code redis}, {@code tencent}) fulfil them.
 *
 * <p>A port fails with {@link io.livehall.domain.LiveException}, {@code UNAVAILABLE} or {@code
 * TIMEOUT}, where the outside is away. May use {@code domain} and Vert.x futures.
 */
package io.livehall.service.port;
