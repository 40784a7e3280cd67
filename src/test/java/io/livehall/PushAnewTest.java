package io.livehall;

import static io.livehall.PushClient.frame;
import static io.livehall.PushClient.subHall;
import static io.livehall.PushClient.subRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log became another one, as after a restore: the node reads everything anew. */
class PushAnewTest {

  @Test
  void whoeverLooksIsToldWhatBecameOfIt() {
    try (TestServer server = TestServer.start("HALL_HEADEVERY", "100ms", "ROOMS_POLLEVERY", "1h");
        PushClient client = server.viewer();
        PushClient watching = server.viewer()) {
      App app = server.app();
      App.Own same = app.openLive("same");
      App.Own edited = app.openLive("edited");
      App.Own closed = app.openLive("closed");
      App.Own interrupted = app.openLive("interrupted");
      App.Own created = app.open("created");
      client.ask(subHall("newest", 20), "snap");
      for (App.Own room : List.of(same, edited, closed, interrupted, created)) {
        client.ask(subRoom(room.id()), "room");
      }
      watching.ask(
          frame("watch").put("rooms", new JsonArray().add(closed.id()).add(same.id())), "count");

      restore(server, edited, closed, interrupted);

      JsonObject snap = client.await("snap");
      assertThat(snap.getString("epoch")).isEqualTo("restored");
      assertThat(snap.getJsonArray("rooms")).isEqualTo(app.list("").getJsonArray("rooms"));
      assertThat(List.of(client.await("changed"), client.await("changed")))
          .extracting(told -> told.getJsonObject("room"))
          .containsExactlyInAnyOrder(app.find(edited), app.find(interrupted));
      assertThat(client.await("closed").getString("reason")).isEqualTo("STREAM_LOST");
      assertThat(watching.await("closed").getString("room")).isEqualTo(closed.id());

      App.Own next = app.openLive("next");
      JsonObject delta = client.await("delta");
      assertThat(delta.getLong("prev")).isEqualTo(snap.getLong("seq"));
      assertThat(delta.getJsonArray("up").getJsonObject(0)).isEqualTo(app.find(next));
      assertThat(client.unseen()).isEmpty();
      assertThat(server.ops().metric("livehall_push_lag_seconds_max")).isPositive().isLessThan(60);
    }
  }

  /** All at once, and without a word in the log. */
  private static void restore(
      TestServer server, App.Own edited, App.Own closed, App.Own interrupted) {
    server.sql(
        """
        begin;
        update room set title = 'As it was', version = version + 1 where id = '%s';
        update room set state = 'closed', close_reason = 'STREAM_LOST', closed_at = now(),
          version = version + 1 where id = '%s';
        update room set state = 'interrupted', version = version + 1 where id = '%s';
        update hall_clock set epoch = 'restored';
        commit"""
            .formatted(edited.id(), closed.id(), interrupted.id()));
    await()
        .until(
            () ->
                server.app().list("").getJsonObject("asOf").getString("epoch").equals("restored"));
  }
}
