package io.livehall;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is not the cloud, and knocks at its door. */
class CallbackPortTest {
  private static final String PATH = "/callback/tencent";
  private static final String KEY = "simulated-callback-key-00000000000";
  private static final String BACKUP_KEY = "the-key-that-takes-over-0000000000";

  private static TestServer server;
  private static App door;

  @BeforeAll
  static void start() {
    server = TestServer.start("TENCENT_CALLBACKKEYBACKUP", BACKUP_KEY);
    door = server.callbackDoor();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatIsNotTheCloudsChangesNothingAndIsCounted() {
    App.Own room = server.app().open("victim");
    long soon = Instant.now().getEpochSecond() + 600;
    JsonObject good = event(room, 1);
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put("no sign", good.copy().put("t", soon).encode());
    forged.put("no time", good.copy().put("sign", sign(KEY, soon)).encode());
    forged.put("another key", signed(good, "another-key", soon));
    forged.put("another time", signed(good, KEY, soon).replace("" + soon, "" + (soon + 1)));
    forged.put("good for ever", signed(good, KEY, soon + 1_000_000_000));
    String expired = signed(good, KEY, Instant.now().getEpochSecond() - 3600);
    Map<String, String> malformed = new LinkedHashMap<>();
    malformed.put("nothing", "");
    malformed.put("no JSON", "{\"event_type\":1");
    malformed.put("a list", "[" + signed(good, KEY, soon) + "]");
    malformed.put("no sequence", signed(without(good, "sequence"), KEY, soon));
    malformed.put("no stream", signed(without(good, "stream_id"), KEY, soon));
    malformed.put("a wild type", signed(good.copy().put("event_type", "x"), KEY, soon));
    malformed.put("a wild time", signed(good.copy().put("event_time", -1), KEY, soon));
    malformed.put("too much", signed(good.copy().put("x", "x".repeat(70_000)), KEY, soon));
    String before = database();
    double forgedBefore = counted("forged");
    double expiredBefore = counted("expired");
    double malformedBefore = counted("malformed");

    forged.forEach((name, body) -> assertThat(post(body)).as(name).isEqualTo(403));
    assertThat(post(expired)).isEqualTo(403);
    malformed.forEach((name, body) -> assertThat(post(body)).as(name).isIn(400, 413));

    assertThat(database()).isEqualTo(before);
    assertThat(server.app().state(room)).isEqualTo("created");
    assertThat(counted("forged")).isEqualTo(forgedBefore + forged.size());
    assertThat(counted("expired")).isEqualTo(expiredBefore + 1);
    assertThat(counted("malformed")).isEqualTo(malformedBefore + malformed.size());
  }

  @Test
  void theCloudIsHeardUnderEitherKey() {
    long soon = Instant.now().getEpochSecond() + 600;
    for (String key : new String[] {KEY, BACKUP_KEY}) {
      App.Own room = server.app().open("heard" + key.length());

      App.Reply reply = door.post(PATH, null, signed(event(room, 1), key, soon));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json()).isEqualTo(new JsonObject().put("code", 0));
      await().until(() -> server.app().state(room).equals("live"));
    }
  }

  @Test
  void eventsOfOtherKindsAreKeptAndAcknowledged() {
    App.Own room = server.app().open("recorded");
    long soon = Instant.now().getEpochSecond() + 600;

    App.Reply reply = door.post(PATH, null, signed(event(room, 100), KEY, soon));

    assertThat(reply.json().getInteger("code")).isZero();
    assertThat(server.number("select count(*) from callback where event_type = 100")).isEqualTo(1);
    assertThat(server.app().state(room)).isEqualTo("created");
  }

  @Test
  void nothingElseIsOnThisPort() {
    for (String path : new String[] {"/", "/v1/rooms", "/callback", PATH + "/x", "/openapi.yaml"}) {
      assertThat(door.get(path).status()).as(path).isEqualTo(404);
      assertThat(door.post(path, null, "{}").status()).as(path).isEqualTo(404);
    }
    assertThat(door.get(PATH).status()).isEqualTo(404);
  }

  private static int post(String body) {
    return door.post(PATH, null, body).status();
  }

  /** What could have changed, in one line. */
  private static String database() {
    return server
        .sql(
            """
            select (select count(*) || ',' || coalesce(sum(version), 0) from room) as room,
              (select count(*) from callback) as callback, (select seq from hall_clock) as seq""")
        .get(0)
        .deepToString();
  }

  private static double counted(String result) {
    return server.ops().metric("livehall_callbacks_total{result=\"" + result + "\"}");
  }

  private static JsonObject event(App.Own room, int type) {
    return new JsonObject()
        .put("event_type", type)
        .put("stream_id", room.stream())
        .put("sequence", "6674468118806626493")
        .put("event_time", Instant.now().getEpochSecond());
  }

  private static JsonObject without(JsonObject event, String field) {
    JsonObject rest = event.copy();
    rest.remove(field);
    return rest;
  }

  private static String signed(JsonObject event, String key, long t) {
    return event.copy().put("t", t).put("sign", sign(key, t)).encode();
  }

  private static String sign(String key, long t) {
    try {
      byte[] digest = MessageDigest.getInstance("MD5").digest((key + t).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
