package io.livehall.hall;

import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.SortedRooms.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every live room at one place in the log. Immutable: the writer makes the next hall from the last,
 * which shares with it all that did not change; readers may keep one as long as they like.
 */
public final class Hall {
  private final Position at;
  private final RoomTable byId;
  private final SortedRooms newest;
  private final SortedRooms hot;

  private Hall(Position at, RoomTable byId, SortedRooms newest, SortedRooms hot) {
    this.at = at;
    this.byId = byId;
    this.newest = newest;
    this.hot = hot;
  }

  public static Hall empty(Position at) {
    return of(at, List.of());
  }

  /** A whole hall at once. Of rooms with the same id the last one counts. */
  public static Hall of(Position at, Collection<ListedRoom> rooms) {
    var ids = uniqueById(rooms);
    // Each order refines the one before: the sort is stable, and compares one number only.
    var backwards = new ArrayList<>(ids);
    Collections.reverse(backwards);
    var news = StableSort.by(entry -> ~entry.room().liveAt(), backwards);
    var hots = StableSort.by(entry -> ~entry.room().heat(), news);
    return new Hall(
        at,
        RoomTable.of(ids.stream().map(Entry::room).toList()),
        SortedRooms.of(Sort.NEWEST, news),
        SortedRooms.of(Sort.HOT, hots));
  }

  /** The hall after the changes, made in their order. */
  public Hall next(Position nextAt, List<HallChange> changes) {
    if (changes.isEmpty()) {
      return new Hall(nextAt, byId, newest, hot);
    }
    var ids = byId.edit();
    var news = newest.edit();
    var hots = hot.edit();
    for (var change : changes) {
      if (change instanceof HallChange.Put put) {
        var room = put.room();
        var old = ids.put(room);
        var entries = Tagged.of(room);
        news.put(old, room, entries);
        hots.put(old, room, entries);
      } else if (change instanceof HallChange.Remove remove) {
        var old = ids.remove(remove.id());
        if (old != null) {
          news.remove(old);
          hots.remove(old);
        }
      }
    }
    return new Hall(nextAt, ids.done(), news.done(), hots.done());
  }

  public Position at() {
    return at;
  }

  public int size() {
    return byId.size();
  }

  public @Nullable ListedRoom find(RoomId id) {
    return byId.find(id);
  }

  public boolean has(RoomId id) {
    return byId.has(id);
  }

  /** One of so many parts of about the same size, for who goes through all rooms by and by. */
  public List<ListedRoom> part(int part, int parts) {
    return byId.part(part, parts);
  }

  public Page page(PageQuery query) {
    return (query.sort() == Sort.HOT ? hot : newest).page(query, at);
  }

  private static List<Entry> uniqueById(Collection<ListedRoom> rooms) {
    var entries = new ArrayList<Entry>(rooms.size());
    rooms.forEach(room -> entries.add(Entry.of(room)));
    var unique = new ArrayList<Entry>(rooms.size());
    var byTail = StableSort.by(entry -> entry.room().id().tail(), entries);
    for (var entry : StableSort.by((Entry entry) -> entry.room().id().head(), byTail)) {
      int last = unique.size() - 1;
      // The sort is stable: the last of several stands last here too.
      if (last >= 0 && unique.get(last).room().id().equals(entry.room().id())) {
        unique.set(last, entry);
      } else {
        unique.add(entry);
      }
    }
    return unique;
  }
}
