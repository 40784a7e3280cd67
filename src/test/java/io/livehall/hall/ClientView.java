package io.livehall.hall;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client as the protocol wants it: it shows one view, and applies what it is sent. */
final class ClientView {
  private final Map<RoomId, ListedRoom> roomById = new HashMap<>();
  private List<RoomId> order = List.of();
  private int total;
  private long seq;

  static ClientView of(Page snap) {
    var client = new ClientView();
    client.snap(snap);
    return client;
  }

  void snap(Page page) {
    roomById.clear();
    page.rooms().forEach(room -> roomById.put(room.id(), room));
    order = page.rooms().stream().map(ListedRoom::id).toList();
    total = page.total();
    seq = page.at().seq();
  }

  /** False if the delta does not continue what is shown: a client asks to resync then. */
  boolean take(Delta delta) {
    boolean isNext = delta.prev() == seq;
    if (isNext) {
      apply(delta);
    }
    return isNext;
  }

  /** Without a look at {@code prev}: for what comes twice. */
  void apply(Delta delta) {
    delta.gone().forEach(gone -> roomById.remove(gone.id()));
    delta.up().forEach(room -> roomById.put(room.id(), room));
    if (delta.order() != null) {
      order = delta.order();
    }
    total = delta.total();
    seq = delta.seq();
  }

  void count(RoomId id, long viewers, long likes) {
    roomById.computeIfPresent(id, (same, room) -> Evening.counted(room, viewers, likes));
  }

  List<ListedRoom> rooms() {
    return order.stream().map(roomById::get).toList();
  }

  void assertShows(Page page) {
    assertThat(Sample.idsAndVersions(rooms())).isEqualTo(Sample.idsAndVersions(page.rooms()));
    // Nothing is kept beside what is shown: a client must not fill up in the course of an evening.
    assertThat(roomById).hasSize(order.size());
    assertThat(total).isEqualTo(page.total());
    assertThat(seq).isEqualTo(page.at().seq());
    assertThat(HallHash.of(rooms())).isEqualTo(page.hash());
  }
}
