package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.RoomId;
import io.livehall.hall.HallHash;
import io.livehall.hall.ListedRoom;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that loses some frames, against a server that makes them from its own list. */
class MirrorTest {
  private static final int LIMIT = 3;
  private static final int STEPS = 2_000;

  private final List<JsonObject> all = new ArrayList<>();
  private final ListMirror mirror = new ListMirror(Sent.CHANNEL);
  private List<JsonObject> told = List.of();
  private long toldSeq;
  private long seq;
  private int rooms;
  private boolean wantsWhole = true;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void showsWhatTheServerShowsWhateverIsLost(int seed) {
    var random = new Random(seed);
    int gaps = 0;
    for (int i = 0; i < STEPS; i++) {
      Set<String> closed = change(random);
      String delta = tell(closed);
      boolean isLost = random.nextInt(10) == 0;
      if (wantsWhole) {
        hear(Sent.snap(toldSeq, told.toArray(JsonObject[]::new)));
      } else if (!isLost) {
        gaps += hear(delta).verdict() == Verdict.GAP ? 1 : 0;
      }
      if (!wantsWhole && random.nextInt(5) == 0) {
        hear(Sent.mark(toldSeq, told.size(), hash()));
      }
      if (!wantsWhole && mirror.list().at().seq() == toldSeq) {
        assertThat(versions(mirror.rooms())).isEqualTo(versionsTold());
      }
    }

    assertThat(gaps).isPositive();
  }

  private Step hear(String text) {
    Step step = mirror.apply(Frame.of(text));
    assertThat(step.verdict().isWrong()).as(text).isFalse();
    wantsWhole = step.asksResync();
    return step;
  }

  /** Some changes; those that are closed. */
  private Set<String> change(Random random) {
    Set<String> closed = new HashSet<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      seq++;
      int what = random.nextInt(3);
      if (what == 0 || all.isEmpty()) {
        all.add(0, Sent.room("r%015d".formatted(rooms++), 1));
      } else if (what == 1) {
        int at = random.nextInt(all.size());
        JsonObject old = all.get(at);
        all.set(at, Sent.room(old.getString("id"), old.getLong("version") + 1));
      } else {
        closed.add(all.remove(random.nextInt(all.size())).getString("id"));
      }
    }
    return closed;
  }

  private String tell(Set<String> closed) {
    List<JsonObject> now = List.copyOf(all.subList(0, Math.min(LIMIT, all.size())));
    JsonObject delta = Sent.delta(toldSeq, seq).put("total", all.size());
    now.stream().filter(room -> !told.contains(room)).forEach(delta.getJsonArray("up")::add);
    List<String> ids = now.stream().map(room -> room.getString("id")).toList();
    List<String> before = told.stream().map(room -> room.getString("id")).toList();
    for (String id : before) {
      if (!ids.contains(id)) {
        delta.getJsonArray("rm").add(Sent.gone(id, closed.contains(id) ? "closed" : "left"));
      }
    }
    if (!ids.equals(before)) {
      delta.put("order", new JsonArray(ids));
    }
    told = now;
    toldSeq = seq;
    return delta.encode();
  }

  /** By the server's own code. */
  private String hash() {
    return HallHash.of(
        told.stream()
            .map(
                room ->
                    new ListedRoom(
                        new RoomId(room.getString("id")),
                        room.getLong("version"),
                        0,
                        0,
                        0,
                        0,
                        List.of(),
                        new byte[0]))
            .toList());
  }

  private List<String> versionsTold() {
    return told.stream().map(room -> room.getString("id") + room.getLong("version")).toList();
  }

  private static List<String> versions(List<Shown> rooms) {
    return rooms.stream().map(room -> room.id() + room.version()).toList();
  }
}
