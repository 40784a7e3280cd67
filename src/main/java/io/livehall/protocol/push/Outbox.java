package io.livehall.protocol.push;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What the desk has to say, collected for each loop, so that each is called once. */
final class Outbox {
  private final Map<PushLoop, List<Post>> postsByLoop = new IdentityHashMap<>();

  record Post(Row row, Telling telling) {}

  /** To everyone in the rows. The frame is the outbox's from here on. */
  void post(Iterable<Row> rows, Telling telling) {
    for (Row row : rows) {
      telling.frame().retain();
      postsByLoop
          .computeIfAbsent(row.loop(), loop -> new ArrayList<>())
          .add(new Post(row, telling));
    }
    telling.frame().release();
  }

  void send() {
    postsByLoop.forEach(PushLoop::deliver);
    postsByLoop.clear();
  }
}
