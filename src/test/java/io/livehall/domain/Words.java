package io.livehall.domain;

import io.livehall.domain.RoomChange.Beats;
import io.livehall.domain.RoomChange.Ends;
import io.livehall.domain.RoomChange.Polled;
import io.livehall.domain.RoomChange.PushBegan;
import io.livehall.domain.RoomChange.PushEnded;
import io.livehall.domain.RoomChange.SaysLive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A room to be told things, with times in seconds from its opening. */
final class Words {
  static final Instant OPENED = Instant.parse("2026-05-01T12:00:00Z");
  static final UserId HOST = new UserId("ada");
  static final RoomId ID = new RoomId("r000000000000001");
  static final LivenessPolicy POLICY =
      new LivenessPolicy(
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ZERO,
          false);

  private Words() {}

  static Room opened() {
    return Room.open(
        ID,
        StreamName.ofRoom("8888", ID),
        new Host(HOST, "Ada", null),
        new RoomInfo("Engines", null, null, List.of()),
        OPENED);
  }

  static Instant at(long seconds) {
    return OPENED.plusSeconds(seconds);
  }

  static RoomChange saysLive() {
    return new SaysLive(HOST);
  }

  static RoomChange beats() {
    return new Beats(HOST);
  }

  static RoomChange ends() {
    return new Ends(HOST);
  }

  static RoomChange began(String sequence, long at) {
    return new PushBegan(sequence, at(at));
  }

  static RoomChange ended(String sequence, long at) {
    return new PushEnded(sequence, at(at), null);
  }

  static RoomChange ended(String sequence, long at, long beganAt) {
    return new PushEnded(sequence, at(at), at(beganAt));
  }

  static RoomChange up(long number, long at) {
    return new Polled(number, at(at), StreamState.UP);
  }

  static RoomChange down(long number, long at) {
    return new Polled(number, at(at), StreamState.DOWN);
  }

  static RoomChange unknown(long number, long at) {
    return new Polled(number, at(at), StreamState.UNKNOWN);
  }
}
