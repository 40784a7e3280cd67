package io.livehall.service.port;

import io.livehall.domain.StreamName;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * What the simulated cloud remembers: as a real one it outlives our restarts and is the same for
 * all nodes.
 */
public interface SimulatedStreams {

  Future<Optional<SimulatedStream>> find(StreamName stream);

  /**
   * Begins a push; what was there before (a push that is replaced), if anything. Fails FORBIDDEN on
   * a forbidden stream.
   */
  Future<Optional<SimulatedStream>> up(StreamName stream, String sequence, Instant now);

  /** Ends the push; what it was, or empty if none was on. */
  Future<Optional<SimulatedStream>> down(StreamName stream, Instant now);

  /** Sets or lifts the ban; a push that it cut off, if any. */
  Future<Optional<SimulatedStream>> forbid(StreamName stream, boolean forbidden, Instant now);

  record SimulatedStream(
      StreamName stream, String sequence, boolean isUp, boolean isForbidden, Instant since) {}
}
