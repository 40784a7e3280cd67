package io.livehall;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Hosts who open, edit, lose their stream, come back and close, one after the other, by chance. */
final class Bustle {
  static final List<String> TAGS = List.of("music", "吉他", "game");
  private static final int ROOMS_MAX = 40;

  private final Random random;
  private final List<App> nodes;
  private final List<App.Own> open = new ArrayList<>();
  private int hosts;

  Bustle(Random random, List<App> nodes) {
    this.random = random;
    this.nodes = nodes;
  }

  void run(int changes) {
    for (int i = 0; i < changes; i++) {
      change();
    }
  }

  private void change() {
    App node = nodes.get(random.nextInt(nodes.size()));
    if (open.isEmpty() || (random.nextInt(3) == 0 && open.size() < ROOMS_MAX)) {
      App.Own room = node.open("bustle" + hosts++, info());
      node.live(room);
      open.add(room);
      return;
    }
    App.Own room = open.get(random.nextInt(open.size()));
    switch (random.nextInt(4)) {
      case 0 -> {
        node.close(room);
        open.remove(room);
      }
      case 1 -> node.down(room);
      case 2 -> node.up(room);
      default -> node.edit(room, info());
    }
  }

  private JsonObject info() {
    String tag = TAGS.get(random.nextInt(TAGS.size()));
    return new JsonObject().put("title", "Room " + random.nextInt()).put("tags", List.of(tag));
  }
}
