package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;

/** In words, why something is not counted. */
final class Refused {
  private Refused() {}

  static LiveException of(ErrorCode why) {
    return new LiveException(
        why,
        switch (why) {
          case ROOM_CLOSED -> "The room is closed.";
          case ROOM_NOT_FOUND -> "There is no room with this id.";
          default -> "This can't be counted now. Try again soon.";
        });
  }
}
