package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.livehall.load.Tally.Count;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewerTest {
  private final ViewerStage stage = new ViewerStage();

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void saysHelloAndSubscribes() {
    stage.come(null, false);
    MockServer.Client client = stage.server().next();

    assertThat(client.hears()).isEqualTo(new JsonObject("{\"t\":\"hello\"}"));
    client.says(Sent.welcome());
    assertThat(client.hears())
        .isEqualTo(
            new JsonObject("{\"t\":\"sub\",\"view\":\"hall\",\"sort\":\"newest\",\"limit\":3}"));
  }

  @Test
  void saysWhoHeIs() {
    stage.come("a.b.c", false);

    assertThat(stage.server().next().hears().getString("token")).isEqualTo("a.b.c");
  }

  @Test
  void showsWhatHeIsTold() {
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();

    client.says(Sent.snap(5, Sent.room("r1", 1)));
    client.says(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 2))).encode());

    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(2L));
    assertThat(stage.scene().right()).hasValue(1);
    assertThat(stage.scene().tally().frames(Frame.Delta.class)).isEqualTo(1);
  }

  @Test
  void takesPiecesAndAnswersPings() {
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();

    String snap = Sent.snap(5, Sent.room("r1", 1));
    client.saysInPieces(snap.substring(0, 40), snap.substring(40));
    client.pings("there?");

    assertThat(client.hearsText()).isEqualTo("pong there?");
    assertThat(stage.versions(viewer)).containsExactly(1L);
  }

  @Test
  void asksForTheWholeWhereSomethingIsMissing() {
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));

    client.says(Sent.delta(7, 8).encode());

    assertThat(client.hears())
        .isEqualTo(new JsonObject().put("t", "resync").put("ch", Sent.CHANNEL));
    client.says(Sent.snap(8, Sent.room("r1", 3)));
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(3L));
    assertThat(stage.scene().tally().count(Count.RESYNCS)).isEqualTo(1);
    assertThat(stage.scene().tally().wrong()).isZero();
  }

  @Test
  void countsWhatIsWrong() {
    stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));

    client.says(Sent.mark(5, 1, "00000000"));

    assertThat(client.hears().getString("t")).isEqualTo("resync");
    assertThat(stage.scene().tally().wrong(Verdict.WRONG_HASH)).isEqualTo(1);
    assertThat(stage.scene().tally().wrongSamples())
        .singleElement()
        .asString()
        .startsWith("viewer 0 ");
  }

  @Test
  void sitsInARoomAndInTheNextWhenItCloses() {
    stage.scene().stage().add("r1");
    stage.come(null, true);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));

    assertThat(client.hears())
        .isEqualTo(new JsonObject("{\"t\":\"sub\",\"view\":\"room\",\"room\":\"r1\"}"));
    client.says(Sent.roomIs(5, Sent.room("r1", 1)));
    stage.scene().journal().sent(Step.Kind.CLOSED, "r1", "");
    stage.scene().stage().remove("r1");
    stage.scene().stage().add("r2");
    client.says(Sent.notice("closed", "r1", 6));

    assertThat(client.hears().getString("room")).isEqualTo("r2");
    assertThat(stage.scene().tally().time(Tally.Time.ROOM_CLOSED).counts().all()).isEqualTo(1);
  }

  @Test
  void likesAsOftenAsHeMayAndNoMore() {
    stage.scene().stage().add("r1");
    Viewer viewer = stage.come("a.b.c", false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(1L));

    for (int i = 0; i < 40; i++) {
      stage.run(viewer::like);
    }

    assertThat(client.hears())
        .isEqualTo(new JsonObject("{\"t\":\"like\",\"room\":\"r1\",\"n\":1}"));
    client.says("{\"t\":\"liked\",\"room\":\"r1\",\"n\":3}");
    client.says("{\"t\":\"error\",\"code\":\"UNAVAILABLE\",\"message\":\"no\",\"room\":\"r1\"}");
    await().until(() -> stage.scene().tally().names("refused").containsKey("UNAVAILABLE"));
    assertThat(stage.scene().tally().count(Count.LIKED)).isEqualTo(3);
    assertThat(stage.scene().tally().time(Tally.Time.LIKED).counts().all()).isEqualTo(3);
    assertThat(stage.scene().tally().count(Count.LIKES_REFUSED))
        .isEqualTo(stage.scene().tally().count(Count.LIKES_SENT) - 3);
    assertThat(stage.scene().tally().count(Count.LIKES_SENT)).isBetween(20L, 25L);
    assertThat(stage.scene().tally().count(Count.LIKES_UNSENT)).isBetween(15L, 20L);
  }

  @Test
  void whoIsNobodyInParticularLikesNothing() {
    stage.scene().stage().add("r1");
    Viewer viewer = stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));
    await().untilAsserted(() -> assertThat(stage.versions(viewer)).containsExactly(1L));

    stage.run(viewer::like);

    await().until(() -> stage.scene().tally().count(Count.LIKES_UNSENT) == 1);
    assertThat(stage.scene().tally().count(Count.LIKES_SENT)).isZero();
  }

  @Test
  void timesAChangeFromTheCall() {
    stage.come(null, false);
    MockServer.Client client = stage.server().next();
    client.welcomes();
    client.says(Sent.snap(5, Sent.room("r1", 1)));
    stage.scene().journal().sent(Step.Kind.EDITED, "r1", "r1 v2");

    client.says(Sent.delta(5, 6).put("up", JsonArray.of(Sent.room("r1", 2))).encode());

    await().until(() -> stage.scene().tally().time(Tally.Time.EDITED).counts().all() == 1);
  }
}
