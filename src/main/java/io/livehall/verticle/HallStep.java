package io.livehall.verticle;

import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomNews;
import io.livehall.domain.RoomState;
import io.livehall.hall.Hall;
import io.livehall.hall.HallChange;
import io.livehall.hall.ListedRoom;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.push.NewsDesk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of the list along the log: the list after it, and what was heard on the way. */
record HallStep(Hall hall, List<NewsDesk.Heard> heard) {

  /** What is known already is left out; null if there is a gap between the hall and the news. */
  static @Nullable HallStep along(List<RoomNews> news, Hall from, RoomJson json) {
    long seq = from.at().seq();
    List<HallChange> changes = new ArrayList<>(news.size());
    List<NewsDesk.Heard> heard = new ArrayList<>(news.size());
    Map<RoomId, Optional<ListedRoom>> listedById = new HashMap<>();
    for (RoomNews entry : news) {
      if (entry.seq() <= seq) {
        continue;
      }
      if (entry.seq() != seq + 1) {
        return null;
      }
      seq = entry.seq();
      Room room = entry.room();
      Optional<ListedRoom> before =
          listedById.computeIfAbsent(room.id(), id -> Optional.ofNullable(from.find(id)));
      Optional<ListedRoom> after =
          room.state() == RoomState.LIVE
              ? Optional.of(json.listed(room, before.orElse(null)))
              : Optional.empty();
      listedById.put(room.id(), after);
      changes.add(
          after
              .<HallChange>map(HallChange.Put::new)
              .orElseGet(() -> new HallChange.Remove(room.id())));
      heard.add(new NewsDesk.Heard(entry, before.orElse(null)));
    }
    return heard.isEmpty()
        ? new HallStep(from, heard)
        : new HallStep(from.next(new Position(from.at().epoch(), seq), changes), heard);
  }
}
