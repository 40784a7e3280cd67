package io.livehall.hall;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.domain.CloseReason;
import io.livehall.domain.Evidence;
import io.livehall.domain.Host;
import io.livehall.domain.Room;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomNews;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An evening of broadcasts, made up from a seed: rooms go live, are edited, break off, come back
 * and close, and their counters change. It remembers the list at each place of the log. There are
 * few times, so that ties are many, and times when nearly every room closes.
 */
final class Evening {
  private static final Instant NOW = Instant.parse("2026-05-01T20:00:00Z");
  private static final int LISTED_MAX = 60;

  /**
   * The views that are looked at: every order and tag, and limits below and above what there is.
   */
  static final List<View> VIEWS = views();

  final Random random;
  final long beginSeq;
  private final List<RoomNews> log = new ArrayList<>();
  private final List<Hall> hallBySeq = new ArrayList<>();
  private final List<Room> open = new ArrayList<>();
  private final Map<RoomId, Long> closedSeqById = new HashMap<>();
  private int rooms;

  Evening(long seed) {
    random = new Random(seed);
    beginSeq = random.nextInt(3) * 1_000_003L;
    var listed = new ArrayList<ListedRoom>();
    for (int n = random.nextInt(LISTED_MAX); n > 0; n--) {
      var room = liveNow(opened());
      open.add(room);
      listed.add(listed(room));
    }
    hallBySeq.add(Hall.of(Sample.at(beginSeq), listed));
  }

  static Evening of(long seed, int entries) {
    var evening = new Evening(seed);
    while (evening.now().at().seq() < evening.beginSeq + entries) {
      evening.passOn();
    }
    return evening;
  }

  /** One thing happens: an entry of the log, or counters change. */
  void passOn() {
    boolean isFilling = (log.size() / 80) % 2 == 0 && open.size() < LISTED_MAX;
    int dice = random.nextInt(10);
    if (dice == 0) {
      count();
    } else if (open.isEmpty() || dice < (isFilling ? 5 : 2)) {
      begin();
    } else {
      goOn(open.remove(random.nextInt(open.size())), isFilling);
    }
  }

  Hall now() {
    return hallBySeq.get(log.size());
  }

  /** The list when this was the newest entry; with the counters as they were last then. */
  Hall at(long seq) {
    return hallBySeq.get((int) (seq - beginSeq));
  }

  RoomNews entry(long seq) {
    return log.get((int) (seq - beginSeq - 1));
  }

  /** What was listed of the entry's room before it. */
  ListedRoom before(long seq) {
    return at(seq - 1).find(entry(seq).room().id());
  }

  boolean isClosed(RoomId id, long seq) {
    return closedSeqById.getOrDefault(id, Long.MAX_VALUE) <= seq;
  }

  long randomSeq(long from, long to) {
    return random.nextLong(from, to + 1);
  }

  static Room opened(int n, List<String> tags) {
    var id = Sample.id(n);
    var host = new Host(new UserId("ada"), "Ada", null);
    var info = new RoomInfo("Engines", null, null, tags);
    return Room.open(id, StreamName.ofRoom("8888", id), host, info, NOW);
  }

  static ListedRoom counted(ListedRoom room, long viewers, long likes) {
    long heat = viewers + likes;
    return new ListedRoom(
        room.id(), room.version(), room.liveAt(), heat, viewers, likes, room.tags(), room.json());
  }

  private void begin() {
    if (random.nextInt(8) == 0) {
      close(opened()); // before anybody saw it
    } else {
      tell(RoomEvent.WENT_LIVE, liveNow(opened()));
    }
  }

  private void goOn(Room room, boolean isFilling) {
    int dice = random.nextInt(10);
    if (dice < (isFilling ? 1 : 6)) {
      close(room);
    } else if (dice < 8) {
      var tags = random.nextBoolean() ? room.info().tags() : randomTags();
      tell(RoomEvent.EDITED, changed(room, room.state(), tags));
    } else if (room.state() == RoomState.LIVE) {
      tell(RoomEvent.INTERRUPTED, changed(room, RoomState.INTERRUPTED, room.info().tags()));
    } else {
      tell(RoomEvent.RESUMED, changed(room, RoomState.LIVE, room.info().tags()));
    }
  }

  private void close(Room room) {
    closedSeqById.put(room.id(), now().at().seq() + 1);
    tell(RoomEvent.CLOSED, changed(room, RoomState.CLOSED, room.info().tags()));
  }

  private void tell(RoomEvent event, Room room) {
    long seq = now().at().seq() + 1;
    if (room.state() != RoomState.CLOSED) {
      open.add(room);
    }
    var change =
        room.state() == RoomState.LIVE
            ? new HallChange.Put(listed(room))
            : new HallChange.Remove(room.id());
    hallBySeq.add(now().next(Sample.at(seq), List.of(change)));
    log.add(new RoomNews(seq, event, NOW, room));
  }

  /** Viewers, likes and heat change: no entry, no other version. */
  private void count() {
    var changes = new ArrayList<HallChange>();
    for (var room : open) {
      var listed = now().find(room.id());
      if (listed != null && random.nextInt(3) == 0) {
        changes.add(new HallChange.Put(counted(listed, random.nextLong(4), random.nextLong(3))));
      }
    }
    hallBySeq.set(log.size(), now().next(now().at(), changes));
  }

  private Room opened() {
    return opened(++rooms, randomTags());
  }

  private Room liveNow(Room room) {
    return changed(room, RoomState.LIVE, room.info().tags());
  }

  private Room changed(Room room, RoomState state, List<String> tags) {
    var old = room.info();
    boolean isFirst = state == RoomState.LIVE && room.liveAt() == null;
    return new Room(
        room.id(),
        room.stream(),
        room.host(),
        new RoomInfo(old.title(), old.coverUrl(), old.location(), tags),
        state,
        state == RoomState.CLOSED ? CloseReason.HOST_ENDED : null,
        room.createdAt(),
        isFirst ? Instant.ofEpochMilli(random.nextInt(40)) : room.liveAt(),
        state == RoomState.CLOSED ? NOW : null,
        room.version() + 1,
        new Tally(random.nextInt(4), random.nextInt(3), 0, 0),
        Evidence.NONE);
  }

  private List<String> randomTags() {
    return Sample.random(random, 0).tags().stream().distinct().toList();
  }

  private static ListedRoom listed(Room room) {
    return new ListedRoom(
        room.id(),
        room.version(),
        room.liveAt().toEpochMilli(),
        0,
        room.tally().viewers(),
        room.tally().likes(),
        room.info().tags(),
        room.info().title().getBytes(UTF_8));
  }

  private static List<View> views() {
    var tags = new ArrayList<>(Sample.TAGS);
    tags.add("unheard");
    tags.add(null);
    var views = new ArrayList<View>();
    for (var sort : Sort.values()) {
      for (var tag : tags) {
        for (int limit : new int[] {1, 2, 7, 20, 100}) {
          views.add(new View(sort, tag, limit));
        }
      }
    }
    return views;
  }
}
