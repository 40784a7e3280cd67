package io.livehall.hall;

import io.livehall.domain.RoomId;

/** What the orders look at. */
interface Ranked {
  long heat();

  long liveAt();

  RoomId id();
}
