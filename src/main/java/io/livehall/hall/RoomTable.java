package io.livehall.hall;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rooms by their ids, in a table that is spread by hash. Immutable: a batch of changes copies
 * the spine, and once each page that it changes. It has at least twice as many places as rooms, and
 * the ids are beside each other: so a room is found with a look or two into memory, however many
 * there are.
 */
final class RoomTable {
  /** Places of a page. */
  static final int PAGE = 256;

  private static final int PLACES_PER_ROOM = 2;

  /** With less in it than one room for so many places it is made smaller. */
  private static final int EMPTY = 16;

  private final Page[] pages;
  private final int size;

  private RoomTable(Page[] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  /** No two of them with the same id. */
  static RoomTable of(Collection<ListedRoom> rooms) {
    int count = 1;
    while (count * PAGE < PLACES_PER_ROOM * rooms.size()) {
      count *= 2;
    }
    return of(rooms, count);
  }

  private static RoomTable of(Collection<ListedRoom> rooms, int count) {
    var pages = new Page[count];
    Arrays.setAll(pages, p -> new Page());
    var edit = new Edit(new RoomTable(pages, 0));
    Arrays.fill(edit.isOwn, true);
    rooms.forEach(edit::put);
    return new RoomTable(edit.pages, edit.size);
  }

  int size() {
    return size;
  }

  @Nullable ListedRoom find(RoomId id) {
    Page page = pages[pageOf(id, pages.length)];
    int at = page.indexOf(id);
    return at < 0 ? null : page.rooms[at];
  }

  boolean has(RoomId id) {
    return pages[pageOf(id, pages.length)].indexOf(id) >= 0;
  }

  /** One of so many parts, which together are all rooms, in no order. */
  List<ListedRoom> part(int part, int parts) {
    long places = (long) pages.length * PAGE;
    var rooms = new ArrayList<ListedRoom>();
    for (long place = places * part / parts; place < places * (part + 1) / parts; place++) {
      ListedRoom here = pages[(int) (place / PAGE)].rooms[(int) (place % PAGE)];
      if (here != null) {
        rooms.add(here);
      }
    }
    return rooms;
  }

  Edit edit() {
    return new Edit(this);
  }

  private static int pageOf(RoomId id, int pages) {
    return (id.hashCode() & (pages * PAGE - 1)) / PAGE;
  }

  /** A room is in its own place, or else in the next that was free. */
  private static final class Page {
    static final int FULL = ~PAGE;

    /** Two numbers for each place; 0 where nobody is. */
    private final long[] ids;

    private final @Nullable ListedRoom[] rooms;

    Page() {
      this(new long[2 * PAGE], new ListedRoom[PAGE]);
    }

    private Page(long[] ids, @Nullable ListedRoom[] rooms) {
      this.ids = ids;
      this.rooms = rooms;
    }

    Page copy() {
      return new Page(ids.clone(), rooms.clone());
    }

    /** Where the room is; or the complement of where it could be, or of FULL. */
    int indexOf(RoomId id) {
      int at = id.hashCode() & (PAGE - 1);
      for (int n = 0; n < PAGE; n++) {
        long head = ids[2 * at];
        if (head == 0) {
          return ~at;
        }
        if (head == id.head() && ids[2 * at + 1] == id.tail()) {
          return at;
        }
        at = (at + 1) % PAGE;
      }
      return FULL;
    }

    void set(int at, ListedRoom room) {
      ids[2 * at] = room.id().head();
      ids[2 * at + 1] = room.id().tail();
      rooms[at] = room;
    }

    /** Those behind it up to the next free place may have wanted its place. */
    void clear(int at) {
      empty(at);
      int next = (at + 1) % PAGE;
      for (ListedRoom room = rooms[next]; room != null; room = rooms[next]) {
        empty(next);
        set(~indexOf(room.id()), room);
        next = (next + 1) % PAGE;
      }
    }

    private void empty(int at) {
      ids[2 * at] = 0;
      rooms[at] = null;
    }
  }

  /** A batch of changes in the making. */
  static final class Edit {
    private Page[] pages;
    private boolean[] isOwn;
    private int size;

    private Edit(RoomTable table) {
      this.pages = table.pages.clone();
      this.isOwn = new boolean[pages.length];
      this.size = table.size;
    }

    /** Adds the room, or replaces the one with its id, which is returned. */
    @Nullable ListedRoom put(ListedRoom room) {
      Page page = ownPage(pageOf(room.id(), pages.length));
      int at = page.indexOf(room.id());
      if (at == Page.FULL) {
        grow();
        return put(room);
      }
      ListedRoom old = at < 0 ? null : page.rooms[at];
      page.set(at < 0 ? ~at : at, room);
      size += at < 0 ? 1 : 0;
      return old;
    }

    /** Removes the room with that id, and returns it. */
    @Nullable ListedRoom remove(RoomId id) {
      int p = pageOf(id, pages.length);
      int at = pages[p].indexOf(id);
      if (at < 0) {
        return null;
      }
      ListedRoom old = pages[p].rooms[at];
      ownPage(p).clear(at);
      size--;
      return old;
    }

    /** Ends the batch. The edit must not be used any more. */
    RoomTable done() {
      var table = new RoomTable(pages, size);
      int places = pages.length * PAGE;
      boolean isEmpty = pages.length > 1 && size < places / EMPTY;
      return size > places / PLACES_PER_ROOM || isEmpty ? of(table.part(0, 1)) : table;
    }

    private void grow() {
      List<ListedRoom> all = new RoomTable(pages, size).part(0, 1);
      pages = of(all, 2 * pages.length).pages;
      isOwn = new boolean[pages.length];
      Arrays.fill(isOwn, true);
    }

    private Page ownPage(int p) {
      if (!isOwn[p]) {
        pages[p] = pages[p].copy();
        isOwn[p] = true;
      }
      return pages[p];
    }
  }
}
