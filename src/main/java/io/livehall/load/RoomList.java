package io.livehall.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.livehall.domain.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A view as a client holds it, at one position. Immutable, and it remembers the list that the last
 * frame made of it: of ten thousand who hold this list and get the same frame, one does the work.
 */
public final class RoomList {
  private final Position at;
  private final int total;
  private final List<Shown> rooms;
  private @Nullable String hash;
  private @Nullable Next next;

  /**
   * What a frame made of a list.
   *
   * @param list null where the frame cannot be applied
   */
  record Next(Frame frame, @Nullable RoomList list, List<Step.Change> changes) {}

  RoomList(Position at, int total, List<Shown> rooms) {
    this.at = at;
    this.total = total;
    this.rooms = rooms;
  }

  public Position at() {
    return at;
  }

  /** How many rooms the whole view has, on all pages. */
  public int total() {
    return total;
  }

  /** In the order of the view. */
  public List<Shown> rooms() {
    return rooms;
  }

  /** CRC-32 over {@code id:version\n}, counted here by itself and not by the server's code. */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = hash(rooms);
      hash = known;
    }
    return known;
  }

  static String hash(List<Shown> rooms) {
    var crc = new CRC32();
    for (Shown room : rooms) {
      crc.update((room.id() + ":" + room.version() + "\n").getBytes(US_ASCII));
    }
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  boolean has(String id) {
    return rooms.stream().anyMatch(room -> room.id().equals(id));
  }

  /** Whether the rooms are the same in the same order and version, whatever their counters. */
  boolean isLike(RoomList other) {
    return rooms.size() == other.rooms.size() && hash().equals(other.hash());
  }

  /** The position need not fit: that is the client's rule to keep, not the list's. */
  Next after(Frame.Delta delta) {
    Next known = next;
    if (known == null || known.frame != delta) {
      known = made(delta);
      next = known;
    }
    return known;
  }

  /** With the counters of rooms that are shown here. */
  RoomList after(Frame.Count count) {
    Next known = next;
    if (known == null || known.frame != count) {
      known = new Next(count, counted(count), List.of());
      next = known;
    }
    return known.list == null ? this : known.list;
  }

  private Next made(Frame.Delta delta) {
    Map<String, Shown> roomById = new HashMap<>();
    rooms.forEach(room -> roomById.put(room.id(), room));
    List<Step.Change> changes = new ArrayList<>();
    for (Frame.Gone gone : delta.gone()) {
      Shown held = roomById.remove(gone.id());
      if (held != null && gone.isClosed()) {
        changes.add(new Step.Change(Step.Kind.CLOSED, held.id(), held.title()));
      }
    }
    for (Shown room : delta.up()) {
      Shown held = roomById.put(room.id(), room);
      if (held == null) {
        changes.add(new Step.Change(Step.Kind.LISTED, room.id(), room.title()));
      } else if (held.version() < room.version()) {
        changes.add(new Step.Change(Step.Kind.EDITED, room.id(), room.title()));
      } else if (held.version() > room.version()) {
        return new Next(delta, null, List.of());
      }
    }
    List<Shown> ordered = ordered(delta, roomById);
    var nextAt = new Position(at.epoch(), delta.seq());
    return new Next(
        delta,
        ordered == null ? null : new RoomList(nextAt, delta.total(), ordered),
        List.copyOf(changes));
  }

  /** Null where a room is named that nobody has shown, or is shown and has no place. */
  private @Nullable List<Shown> ordered(Frame.Delta delta, Map<String, Shown> roomById) {
    List<String> order = delta.order();
    if (order == null) {
      order = rooms.stream().map(Shown::id).filter(roomById::containsKey).toList();
    }
    List<Shown> ordered = new ArrayList<>(order.size());
    for (String id : order) {
      Shown room = roomById.remove(id);
      if (room == null) {
        return null;
      }
      ordered.add(room);
    }
    return delta.up().stream().anyMatch(room -> roomById.containsKey(room.id()))
        ? null
        : List.copyOf(ordered);
  }

  private RoomList counted(Frame.Count count) {
    Map<String, Frame.Counted> countById = new HashMap<>();
    count.rooms().forEach(row -> countById.put(row.id(), row));
    List<Shown> counted =
        rooms.stream()
            .map(
                room -> {
                  Frame.Counted row = countById.get(room.id());
                  return row == null ? room : room.counted(row);
                })
            .toList();
    var same = new RoomList(at, total, counted);
    same.hash = hash;
    return same;
  }
}
