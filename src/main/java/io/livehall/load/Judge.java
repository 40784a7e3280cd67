package io.livehall.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says, when nothing changes any more, who shows what his node's API says. It waits 5 s for the
 * positions of list and viewers to meet; a list that is the same at another position is right, but
 * not confirmed.
 */
final class Judge {
  private static final Duration WAIT_MAX = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final int SAMPLES_MAX = 5;

  private final Scene scene;
  private final Audience audience;
  private final Api api;

  /**
   * What a viewer shows.
   *
   * @param place null where he is away
   */
  private record Held(
      String viewer, @Nullable Place place, @Nullable RoomList list, @Nullable Shown room) {}

  /** What there is: the list of each node, and the rooms that somebody sits in. */
  private record Truth(Map<Place, RoomList> lists, Map<String, Shown> rooms) {}

  private record Finding(
      Held held,
      @Nullable RoomList should,
      boolean isRight,
      boolean isConfirmed,
      boolean isRoomRight) {}

  /**
   * How it ended.
   *
   * @param right have the list of their node
   * @param confirmed of these at the very position of the node's answer
   * @param away have no view at all
   * @param seqs the position of each node's answer
   * @param wrong some of those who are not right, in words
   */
  record Judgement(
      int viewers,
      int right,
      int confirmed,
      int away,
      int seated,
      int seatedRight,
      Map<URI, Long> seqs,
      List<String> wrong) {
    boolean isGood() {
      return right == viewers && seatedRight == seated;
    }
  }

  Judge(Scene scene, Audience audience, Api api) {
    this.scene = scene;
    this.audience = audience;
    this.api = api;
  }

  Judgement judge() {
    long end = System.nanoTime() + WAIT_MAX.toNanos();
    while (true) {
      // First what there is, then what is shown: what is shown is the later one.
      Set<String> satIn =
          held().stream()
              .map(Held::room)
              .filter(room -> room != null)
              .map(Shown::id)
              .collect(Collectors.toSet());
      Judgement judgement = judge(held(), truth(satIn));
      boolean isClear = judgement.isGood() && judgement.confirmed == judgement.viewers;
      if (isClear || System.nanoTime() > end) {
        return judgement;
      }
      new Stop().pause(STEP);
    }
  }

  private List<Held> held() {
    return audience.gather(Judge::held);
  }

  private static Held held(Viewer viewer) {
    Visit visit = viewer.current();
    if (visit == null || !visit.isSettled()) {
      return new Held(viewer.name(), null, null, null);
    }
    RoomMirror room = visit.room();
    return new Held(
        viewer.name(), visit.place(), visit.list().list(), room == null ? null : room.room());
  }

  private Truth truth(Set<String> satIn) {
    Map<Place, RoomList> lists = new HashMap<>();
    LoadOptions.Viewers view = scene.options().viewers();
    String path = "/v1/rooms?sort=" + view.sort() + "&limit=" + view.limit();
    for (Place place : scene.places()) {
      Api.Reply reply = api.call(place.base(), Api.Call.get(path));
      JsonObject asOf = reply.json().getJsonObject("asOf");
      JsonArray rooms = reply.json().getJsonArray("rooms");
      if (reply.isGood() && asOf != null && rooms != null) {
        lists.put(
            place,
            new RoomList(
                FrameReader.at(asOf),
                reply.json().getInteger("total", 0),
                FrameReader.rooms(rooms)));
      }
    }
    Map<String, Shown> rooms = new HashMap<>();
    satIn.forEach(
        id ->
            lists.keySet().stream()
                .map(place -> api.call(place.base(), Api.Call.get("/v1/rooms/" + id)))
                .filter(Api.Reply::isGood)
                .findFirst()
                .map(reply -> reply.json().getJsonObject("room"))
                .ifPresent(room -> rooms.put(id, FrameReader.room(room))));
    return new Truth(lists, rooms);
  }

  private static Judgement judge(List<Held> all, Truth truth) {
    List<Finding> findings = all.stream().map(held -> find(held, truth)).toList();
    Map<URI, Long> seqs = new TreeMap<>();
    truth.lists.forEach((place, list) -> seqs.put(place.base(), list.at().seq()));
    return new Judgement(
        all.size(),
        count(findings, Finding::isRight),
        count(findings, Finding::isConfirmed),
        count(findings, found -> found.held.place == null),
        count(findings, found -> found.held.room != null),
        count(findings, found -> found.held.room != null && found.isRoomRight),
        seqs,
        findings.stream()
            .filter(found -> !found.isRight || !found.isRoomRight)
            .limit(SAMPLES_MAX)
            .map(Judge::words)
            .toList());
  }

  private static int count(List<Finding> findings, Predicate<Finding> what) {
    return (int) findings.stream().filter(what).count();
  }

  private static Finding find(Held held, Truth truth) {
    RoomList shown = held.list;
    RoomList should = held.place == null ? null : truth.lists.get(held.place);
    boolean isRight = shown != null && should != null && shown.isLike(should);
    boolean isConfirmed =
        isRight && shown != null && should != null && shown.at().equals(should.at());
    boolean isRoomRight = held.room == null || isSeen(held.room, truth.rooms);
    return new Finding(held, should, isRight, isConfirmed, isRoomRight);
  }

  /** The version is not compared: not every notice of a room names it. */
  private static boolean isSeen(Shown room, Map<String, Shown> roomById) {
    Shown should = roomById.get(room.id());
    return should != null
        && should.state().equals(room.state())
        && should.title().equals(room.title());
  }

  private static String words(Finding found) {
    Held held = found.held;
    RoomList should = found.should;
    if (held.place == null || held.list == null) {
      return held.viewer + " has no view";
    }
    if (should == null) {
      return held.viewer + ": his node " + held.place.base() + " does not answer";
    }
    if (!held.list.isLike(should)) {
      return "%s at %d shows %s; the API at %d says %s"
          .formatted(
              held.viewer, held.list.at().seq(), ids(held.list), should.at().seq(), ids(should));
    }
    return held.viewer + " sits in a room and shows it as " + held.room;
  }

  private static String ids(RoomList list) {
    return list.rooms().stream()
        .map(room -> room.id() + ":" + room.version())
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
