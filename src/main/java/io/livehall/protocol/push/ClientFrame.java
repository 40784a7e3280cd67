package io.livehall.protocol.push;

import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client can say. */
sealed interface ClientFrame {
  record Hello(@Nullable String token) implements ClientFrame {}

  record SubHall(View view, @Nullable Position since) implements ClientFrame {}

  record SubRoom(RoomId room) implements ClientFrame {}

  record Unsub(String channel) implements ClientFrame {}

  record Watch(List<RoomId> rooms) implements ClientFrame {}

  record Resync(String channel) implements ClientFrame {}

  /**
   * To become a viewer.
   *
   * @param name how the others see him; null for his id
   */
  record Enter(RoomId room, @Nullable String name, @Nullable String avatarUrl)
      implements ClientFrame {}

  record Leave(RoomId room) implements ClientFrame {}

  record Like(RoomId room, int count) implements ClientFrame {}

  record Ping() implements ClientFrame {}
}
