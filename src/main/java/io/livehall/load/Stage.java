package io.livehall.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The rooms that are live now, as their hosts know. Any thread may ask. */
final class Stage {
  private final List<String> rooms = new ArrayList<>();

  synchronized void add(String room) {
    rooms.add(room);
  }

  synchronized void remove(String room) {
    rooms.remove(room);
  }

  /** Any of them; null where there is none. */
  synchronized @Nullable String any(Random random) {
    return rooms.isEmpty() ? null : rooms.get(random.nextInt(rooms.size()));
  }

  synchronized int size() {
    return rooms.size();
  }
}
