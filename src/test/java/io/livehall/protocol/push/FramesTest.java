package io.livehall.protocol.push;

import static io.livehall.protocol.push.Sent.at;
import static io.livehall.protocol.push.Sent.one;
import static io.livehall.protocol.push.Sent.room;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.RoomId;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.hall.Delta;
import io.livehall.hall.ListedRoom;
import io.livehall.hall.Page;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How frames are written; that they are as the contract says is seen where sockets are tested. */
class FramesTest {
  private static final String CHANNEL = "hall:newest:2:音楽";
  private static final ListedRoom ONE = room(1, 10, 100);
  private static final ListedRoom TWO = room(2, 20, 200);

  @Test
  void aSnapHasTheRoomsAsTheyWereEncoded() {
    var page = new Page(List.of(TWO, ONE), null, 7, at(5));

    assertThat(one(Frames.snap(CHANNEL, page)))
        .isEqualTo(
            said("snap", CHANNEL)
                .put("epoch", "k3v9")
                .put("seq", 5)
                .put("total", 7)
                .put("rooms", rooms(TWO, ONE)));
  }

  @Test
  void anEmptySnapHasNoRooms() {
    JsonObject snap = one(Frames.snap(CHANNEL, new Page(List.of(), null, 0, at(5))));

    assertThat(snap.getJsonArray("rooms")).isEqualTo(new JsonArray());
  }

  @Test
  void aDeltaHasAnOrderOnlyWhereItChanged() {
    var gone =
        List.of(
            new Delta.Gone(ONE.id(), Delta.Why.CLOSED),
            new Delta.Gone(room(3, 0, 0).id(), Delta.Why.LEFT));
    List<RoomId> order = List.of(TWO.id(), ONE.id());

    JsonObject all = one(Frames.delta(CHANNEL, new Delta(5, 9, 7, List.of(TWO, ONE), gone, order)));
    JsonObject none = one(Frames.delta(CHANNEL, new Delta(5, 9, 7, List.of(), List.of(), null)));
    JsonObject last = one(Frames.delta(CHANNEL, new Delta(5, 9, 0, List.of(), gone, List.of())));

    JsonObject empty =
        said("delta", CHANNEL).put("prev", 5).put("seq", 9).put("total", 7).put("up", rooms());
    assertThat(none).isEqualTo(empty.copy().put("rm", new JsonArray()));
    assertThat(all)
        .isEqualTo(
            empty
                .copy()
                .put("up", rooms(TWO, ONE))
                .put(
                    "rm",
                    new JsonArray()
                        .add(new JsonObject().put("id", "r000000000000001").put("why", "closed"))
                        .add(new JsonObject().put("id", "r000000000000003").put("why", "left")))
                .put("order", new JsonArray().add("r000000000000002").add("r000000000000001")));
    assertThat(last.getJsonArray("order")).isEqualTo(new JsonArray());
  }

  @Test
  void countersAreTriples() {
    assertThat(one(Frames.count(List.of(ONE, TWO))))
        .isEqualTo(
            new JsonObject()
                .put("t", "count")
                .put(
                    "rooms",
                    new JsonArray()
                        .add(new JsonArray().add("r000000000000001").add(10).add(100))
                        .add(new JsonArray().add("r000000000000002").add(20).add(200))));
  }

  @Test
  void aMarkHasThePlaceAndTheHash() {
    assertThat(one(Frames.mark(CHANNEL, at(5), 2, "5be1c0de")))
        .isEqualTo(
            said("mark", CHANNEL)
                .put("epoch", "k3v9")
                .put("seq", 5)
                .put("count", 2)
                .put("hash", "5be1c0de"));
  }

  @Test
  void anErrorSaysWhatItIsAboutWhereItIsAboutSomething() {
    String message = "\"quoted\" \\ and\nbroken, 改";

    JsonObject bare = one(Frames.error(Refusal.malformed(message)));
    JsonObject ofRoom = one(Frames.error(Refusal.ofRoom(ErrorCode.UNAVAILABLE, message, "r1")));
    JsonObject ofChannel = one(Frames.error(Refusal.ofChannel(ErrorCode.TIMEOUT, "m", CHANNEL)));

    var error = new JsonObject().put("t", "error").put("code", "INVALID").put("message", message);
    assertThat(bare).isEqualTo(error.put("retry", false));
    assertThat(ofRoom)
        .isEqualTo(error.copy().put("code", "UNAVAILABLE").put("retry", true).put("room", "r1"));
    assertThat(ofChannel.getString("ch")).isEqualTo(CHANNEL);
  }

  @Test
  void answersToLikesStandOneBehindTheOther() {
    ByteBuf answers = Unpooled.buffer(0);

    Frames.liked(answers, ONE.id(), 3);
    Frames.liked(answers, TWO.id(), 20);

    assertThat(Sent.all(answers))
        .containsExactly(
            new JsonObject().put("t", "liked").put("room", "r000000000000001").put("n", 3),
            new JsonObject().put("t", "liked").put("room", "r000000000000002").put("n", 20));
  }

  @Test
  void whoComesIsNamedAndElseShownByHisId() {
    String name = "\"Ana\" \\ 阿";
    var ana = new Viewer(new UserId("ana"), name, "https://a.example/a.jpg");
    var jie = new Viewer(new UserId("jie"), null, null);

    JsonObject joined = one(Frames.moved("joined", ONE.id(), List.of(ana, jie)));

    assertThat(joined)
        .isEqualTo(
            new JsonObject()
                .put("t", "joined")
                .put("room", ONE.id().value())
                .put(
                    "users",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("id", "ana")
                                .put("name", name)
                                .put("avatarUrl", "https://a.example/a.jpg"))
                        .add(
                            new JsonObject()
                                .put("id", "jie")
                                .put("name", "jie")
                                .putNull("avatarUrl"))));
  }

  @Test
  void aGoodbyeSaysHowLongThereIsTime() {
    assertThat(one(Frames.goaway(60_000)))
        .isEqualTo(new JsonObject().put("t", "goaway").put("why", "drain").put("withinMs", 60_000));
  }

  private static JsonObject said(String type, String channel) {
    return new JsonObject().put("t", type).put("ch", channel);
  }

  private static JsonArray rooms(ListedRoom... rooms) {
    var all = new JsonArray();
    List.of(rooms).forEach(room -> all.add(new JsonObject(new String(room.json(), UTF_8))));
    return all;
  }
}
