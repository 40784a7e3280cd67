package io.livehall.service.port;

import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.vertx.core.Future;

/** The cloud that carries the streams. */
public interface StreamCloud {

  /** Never fails: what could not be learnt is UNKNOWN. */
  Future<StreamState> state(StreamName stream);

  /**
   * Cuts the stream and refuses it until {@link #resume}; succeeds once the cloud has confirmed.
   */
  Future<Void> forbid(StreamName stream);

  Future<Void> resume(StreamName stream);
}
