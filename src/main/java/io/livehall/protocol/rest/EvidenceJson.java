package io.livehall.protocol.rest;

import io.livehall.domain.Evidence;
import io.livehall.domain.Room;
import io.livehall.domain.StreamState;
import io.livehall.protocol.RoomJson;
import io.livehall.protocol.Times;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was said of a room's stream, newest last, and what followed from it. */
final class EvidenceJson {
  private record Word(String source, String says, Instant at, @Nullable String detail) {}

  private EvidenceJson() {}

  static JsonObject object(Room room) {
    var words = new JsonArray();
    for (Word word : words(room.evidence())) {
      var json =
          new JsonObject()
              .put("source", word.source)
              .put("says", word.says)
              .put("at", Times.text(word.at));
      words.add(word.detail == null ? json : json.put("detail", word.detail));
    }
    return new JsonObject()
        .put("state", RoomJson.state(room))
        .put("because", Because.of(room))
        .put("evidence", words);
  }

  private static List<Word> words(Evidence evidence) {
    var words = new ArrayList<Word>();
    add(words, "host", "live", evidence.saidLiveAt(), null);
    add(words, "heartbeat", "there", evidence.beatAt(), null);
    for (Evidence.Push push : evidence.pushes()) {
      String sequence = "sequence " + push.sequence();
      add(words, "callback", "up", push.beganAt(), sequence);
      add(words, "callback", "down", push.endedAt(), sequence);
    }
    add(words, "poll", "active", evidence.seenUpAt(), null);
    for (Evidence.Poll miss : evidence.misses()) {
      String says = miss.says() == StreamState.DOWN ? "inactive" : "unknown";
      add(words, "poll", says, miss.at(), "poll " + miss.number());
    }
    words.sort(Comparator.comparing(Word::at));
    return words;
  }

  private static void add(
      List<Word> words, String source, String says, @Nullable Instant at, @Nullable String detail) {
    if (at != null) {
      words.add(new Word(source, says, at, detail));
    }
  }
}
