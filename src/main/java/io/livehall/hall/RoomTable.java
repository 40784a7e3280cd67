package io.livehall.hall;

import io.livehall.domain.RoomId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rooms by their ids, in a table that is spread by hash. Immutable: a batch of changes copies
 * the spine, and once each page that it changes. It has about as many places as rooms, so that a
 * room is found with few looks into memory, however many there are.
 *
 * <pre>
 * pages   [ . . . . ] [ . . . . ]      256 places each; as many pages as a power of two
 *             |         |
 *          [room]   [room room]        those whose hash is of that place; null if there are none
 * </pre>
 */
final class RoomTable {
  static final int PAGE = 256;

  /** With less in it than one room for so many places it is made smaller. */
  private static final int EMPTY = 8;

  private final @Nullable ListedRoom[][][] pages;
  private final int size;

  private RoomTable(@Nullable ListedRoom[][][] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  /** No two of them with the same id. */
  static RoomTable of(Collection<ListedRoom> rooms) {
    int count = 1;
    while (count * PAGE < rooms.size()) {
      count *= 2;
    }
    var edit = new Edit(new RoomTable(new ListedRoom[count][PAGE][], 0));
    Arrays.fill(edit.isOwn, true);
    rooms.forEach(edit::put);
    return new RoomTable(edit.pages, edit.size);
  }

  int size() {
    return size;
  }

  @Nullable ListedRoom find(RoomId id) {
    int place = place(pages, id);
    ListedRoom[] here = pages[place / PAGE][place % PAGE];
    int i = indexOf(here, id);
    return i < 0 ? null : here[i];
  }

  /** One of so many parts, which together are all rooms, in no order. */
  List<ListedRoom> part(int part, int parts) {
    long places = (long) pages.length * PAGE;
    var rooms = new ArrayList<ListedRoom>();
    for (long place = places * part / parts; place < places * (part + 1) / parts; place++) {
      ListedRoom[] here = pages[(int) (place / PAGE)][(int) (place % PAGE)];
      if (here != null) {
        rooms.addAll(Arrays.asList(here));
      }
    }
    return rooms;
  }

  Edit edit() {
    return new Edit(this);
  }

  private static int place(@Nullable ListedRoom[][][] pages, RoomId id) {
    return id.hashCode() & (pages.length * PAGE - 1);
  }

  private static int indexOf(ListedRoom @Nullable [] rooms, RoomId id) {
    for (int i = 0; rooms != null && i < rooms.length; i++) {
      if (rooms[i].id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** A batch of changes in the making. */
  static final class Edit {
    private final @Nullable ListedRoom[][][] pages;
    private final boolean[] isOwn;
    private int size;

    private Edit(RoomTable table) {
      this.pages = table.pages.clone();
      this.isOwn = new boolean[pages.length];
      this.size = table.size;
    }

    /** Adds the room, or replaces the one with its id, which is returned. */
    @Nullable ListedRoom put(ListedRoom room) {
      int place = place(pages, room.id());
      var page = ownPage(place / PAGE);
      ListedRoom[] here = page[place % PAGE];
      int length = here == null ? 0 : here.length;
      int i = indexOf(here, room.id());
      ListedRoom old = i < 0 ? null : here[i];
      var next =
          here == null ? new ListedRoom[1] : Arrays.copyOf(here, i < 0 ? length + 1 : length);
      next[i < 0 ? length : i] = room;
      page[place % PAGE] = next;
      size += i < 0 ? 1 : 0;
      return old;
    }

    /** Removes the room with that id, and returns it. */
    @Nullable ListedRoom remove(RoomId id) {
      int place = place(pages, id);
      ListedRoom[] here = pages[place / PAGE][place % PAGE];
      int i = indexOf(here, id);
      if (i < 0) {
        return null;
      }
      ListedRoom[] next = here.length == 1 ? null : Arrays.copyOf(here, here.length - 1);
      if (next != null) {
        System.arraycopy(here, i + 1, next, i, next.length - i);
      }
      ownPage(place / PAGE)[place % PAGE] = next;
      size--;
      return here[i];
    }

    /** Ends the batch. The edit must not be used any more. */
    RoomTable done() {
      var table = new RoomTable(pages, size);
      int places = pages.length * PAGE;
      boolean isEmpty = pages.length > 1 && size < places / EMPTY;
      return size > places || isEmpty ? of(table.part(0, 1)) : table;
    }

    private @Nullable ListedRoom[][] ownPage(int p) {
      if (!isOwn[p]) {
        pages[p] = pages[p].clone();
        isOwn[p] = true;
      }
      return pages[p];
    }
  }
}
