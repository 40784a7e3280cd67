package io.livehall.hall;

import io.livehall.domain.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All rooms in one order, and the same tag by tag. Immutable. */
final class SortedRooms {
  private final Sort sort;
  private final SortedChunks<ListedRoom> all;

  /**
   * One sequence, not a map of lists: a tag costs nothing but its rooms, and vanishes with them.
   */
  private final SortedChunks<Tagged> tagged;

  private SortedRooms(Sort sort, SortedChunks<ListedRoom> all, SortedChunks<Tagged> tagged) {
    this.sort = sort;
    this.all = all;
    this.tagged = tagged;
  }

  /** The entries must be in order already. */
  static SortedRooms of(Sort sort, List<Entry> sorted) {
    var byTag = new HashMap<String, List<Tagged>>();
    for (var entry : sorted) {
      for (var tagged : entry.tagged()) {
        var ofTag = byTag.computeIfAbsent(tagged.tag(), tag -> new ArrayList<>());
        // A room that names a tag twice is under it once.
        if (ofTag.isEmpty() || ofTag.get(ofTag.size() - 1).room() != entry.room()) {
          ofTag.add(tagged);
        }
      }
    }
    var tagged = new ArrayList<Tagged>();
    new TreeMap<>(byTag).values().forEach(tagged::addAll);
    return new SortedRooms(
        sort,
        SortedChunks.ofSorted(sort.order()::compare, sorted.stream().map(Entry::room).toList()),
        SortedChunks.ofSorted(Tagged.order(sort.order()), tagged));
  }

  Page page(PageQuery query, Position at) {
    var tag = query.tag();
    var after = query.after();
    if (tag == null) {
      int from = after == null ? 0 : all.rank(room -> isUpTo(room, after));
      var span = new Span(0, from, all.size());
      return span.page(query, at, all.slice(from, span.to(query)));
    }
    int start = tagged.rank(t -> t.compareTag(tag) < 0);
    int end = tagged.rank(t -> t.compareTag(tag) <= 0);
    int from = after == null ? start : tagged.rank(isUpTo(tag, after));
    var span = new Span(start, from, end);
    var rooms = tagged.slice(from, span.to(query)).stream().map(Tagged::room).toList();
    return span.page(query, at, rooms);
  }

  Edit edit() {
    return new Edit();
  }

  private boolean isUpTo(Ranked room, Cursor place) {
    return sort.order().compare(room, place) <= 0;
  }

  private Predicate<Tagged> isUpTo(String tag, Cursor place) {
    return t -> {
      int byTag = t.compareTag(tag);
      return byTag < 0 || (byTag == 0 && isUpTo(t, place));
    };
  }

  /** A room and what it is under its tags: the same objects in every order. */
  record Entry(ListedRoom room, List<Tagged> tagged) {
    static Entry of(ListedRoom room) {
      return new Entry(room, Tagged.of(room));
    }
  }

  /** The ranks of a view, {@code start} to {@code end}, and where in it a page begins. */
  private record Span(int start, int from, int end) {
    int to(PageQuery query) {
      return from + Math.min(query.limit(), end - from);
    }

    Page page(PageQuery query, Position at, List<ListedRoom> rooms) {
      boolean isLast = to(query) == end;
      var next =
          isLast ? null : Cursor.after(rooms.get(rooms.size() - 1), query.sort(), query.tag());
      return new Page(rooms, next, end - start, at);
    }
  }

  /** A batch of changes in the making. */
  final class Edit {
    private final ChunkEdit<ListedRoom> newAll = all.edit();
    private final ChunkEdit<Tagged> newTagged = tagged.edit();

    /** Lists a room under its tags, in the place of what was listed under its id. */
    void put(@Nullable ListedRoom old, ListedRoom room, List<Tagged> roomTagged) {
      if (old != null) {
        takeFromOtherPlaces(old, room);
      }
      newAll.put(room);
      roomTagged.forEach(newTagged::put);
    }

    void remove(ListedRoom room) {
      newAll.remove(room);
      room.tags().forEach(tag -> newTagged.remove(Tagged.of(tag, room)));
    }

    SortedRooms done() {
      return new SortedRooms(sort, newAll.done(), newTagged.done());
    }

    /** Where the new room will stand in the same place it replaces the old one by itself. */
    private void takeFromOtherPlaces(ListedRoom old, ListedRoom room) {
      if (sort.order().compare(old, room) != 0) {
        remove(old);
        return;
      }
      for (var tag : old.tags()) {
        if (!room.tags().contains(tag)) {
          newTagged.remove(Tagged.of(tag, old));
        }
      }
    }
  }
}
