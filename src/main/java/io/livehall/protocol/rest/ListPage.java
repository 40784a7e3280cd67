package io.livehall.protocol.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.livehall.hall.ListedRoom;
import io.livehall.hall.Page;
import io.vertx.core.json.Json;

/**
 * A page of the list as bytes: those of its rooms, one behind the other, and a little around them.
 */
final class ListPage {
  private static final byte[] BEGIN = "{\"rooms\":[".getBytes(UTF_8);

  private ListPage() {}

  static byte[] render(Page page) {
    byte[] end = end(page);
    int commas = Math.max(0, page.rooms().size() - 1);
    int length = BEGIN.length + commas + end.length;
    for (ListedRoom room : page.rooms()) {
      length += room.json().length;
    }
    byte[] body = new byte[length];
    int at = append(body, 0, BEGIN);
    for (ListedRoom room : page.rooms()) {
      if (at > BEGIN.length) {
        body[at++] = ',';
      }
      at = append(body, at, room.json());
    }
    append(body, at, end);
    return body;
  }

  /** One room of the list: {@code {"room":{…}}}. */
  static byte[] render(ListedRoom room) {
    byte[] begin = "{\"room\":".getBytes(UTF_8);
    byte[] body = new byte[begin.length + room.json().length + 1];
    int at = append(body, append(body, 0, begin), room.json());
    body[at] = '}';
    return body;
  }

  private static byte[] end(Page page) {
    String next = page.next() == null ? "null" : '"' + page.next().text() + '"';
    String text =
        "],\"nextCursor\":"
            + next
            + ",\"total\":"
            + page.total()
            + ",\"asOf\":{\"epoch\":"
            + Json.encode(page.at().epoch())
            + ",\"seq\":"
            + page.at().seq()
            + "}}";
    return text.getBytes(UTF_8);
  }

  private static int append(byte[] to, int at, byte[] what) {
    System.arraycopy(what, 0, to, at, what.length);
    return at + what.length;
  }
}
