package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.load.Tally.Count;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a viewer does when he loses his socket, or is to leave it. */
class ReconnectTest {
  private final ViewerStage stage = new ViewerStage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void comesBackAndResumes() {
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(1L));

    client.closes(4008);

    MockServer.Client again = stage.server().next();
    assertThat(again.welcomes().getJsonObject("since"))
        .isEqualTo(new JsonObject().put("epoch", "k3v9").put("seq", 5));
    again.says(Sent.delta(5, 9).put("up", JsonArray.of(Sent.room("r1", 2))).encode());
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(2L));
    assertThat(stage.scene().tally().count(Count.RESUMED_BY_DELTA)).isEqualTo(1);
    assertThat(stage.scene().tally().count(Count.LOST)).isEqualTo(1);
    assertThat(stage.scene().tally().names("closed")).containsOnlyKeys("4008");
    assertThat(stage.scene().tally().time(Tally.Time.RIGHT_AGAIN).counts().all()).isEqualTo(1);
  }

  @Test
  void comesBackWhenHisSocketIsDropped() {
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(1L));

    stage.run(viewer::loseSocket);

    assertThat(client.closeCode()).isEqualTo(1006);
    assertThat(stage.server().next().welcomes().getJsonObject("since").getLong("seq")).isEqualTo(5);
    assertThat(stage.scene().tally().count(Count.DROPPED_BY_US)).isEqualTo(1);
  }

  @Test
  void doesNotComeBackWhereHeIsNotWanted() {
    Viewer viewer = stage.come("bad", false);
    MockServer.Client client = stage.server().next();

    client.closes(4401);

    await().until(() -> stage.scene().tally().count(Count.GIVEN_UP) == 1);
    stage.run(viewer::open);
    assertThat(stage.ask(viewer, Viewer::current)).isNull();
    assertThat(stage.server().hasClients()).isFalse();
  }

  @Test
  void goesToAnotherNodeWhenHisIsGone() {
    var gone = new MockServer();
    Place nobody = gone.place();
    gone.close();
    stage.play(nobody, stage.server().place());

    stage.come(null, false);

    assertThat(stage.server().next().hears().getString("t")).isEqualTo("hello");
  }

  @Test
  void movesBeforeHeLeavesWhenHeIsAskedToGo() {
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(1L));

    client.says("{\"t\":\"goaway\",\"why\":\"drain\",\"withinMs\":50}");
    MockServer.Client other = stage.server().next();
    assertThat(other.welcomes().getJsonObject("since").getLong("seq")).isEqualTo(5);
    client.says(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 2))).encode());
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(2L));
    other.says(Sent.delta(5, 7).put("up", JsonArray.of(Sent.room("r1", 3))).encode());

    assertThat(client.closeCode()).isEqualTo(1000);
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(3L));
    assertThat(stage.scene().tally().count(Count.MOVED)).isEqualTo(1);
    assertThat(stage.scene().tally().count(Count.LOST)).isZero();
    assertThat(stage.scene().right()).hasValue(1);
  }
}
