package io.livehall.service;

import io.livehall.domain.StreamName;
import io.vertx.core.Future;

/** Plays the phone that pushes. There is one only where the cloud is simulated. */
public interface DevStreams {

  /** Begins a push; its sequence. Fails FORBIDDEN on a forbidden stream. */
  Future<String> up(StreamName stream);

  /** Ends the push, if one is on. */
  Future<Void> down(StreamName stream);
}
