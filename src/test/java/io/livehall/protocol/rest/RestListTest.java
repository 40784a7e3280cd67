package io.livehall.protocol.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.service.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RestListTest {
  private static final int ROOMS = 25;
  private static final RestStage STAGE = new RestStage(RestStage.Kind.USUAL);
  private static final List<String> NEWEST = new ArrayList<>();

  @BeforeAll
  static void open() {
    for (int i = 0; i < ROOMS; i++) {
      NEWEST.add(0, STAGE.room("host" + i, true));
    }
  }

  @AfterAll
  static void close() {
    STAGE.close();
  }

  @Test
  void pagesFollowEachOtherToTheEnd() {
    JsonObject first = STAGE.ask("GET", "/v1/rooms").send(200);
    JsonObject second =
        STAGE.ask("GET", "/v1/rooms?cursor=" + first.getString("nextCursor")).send(200);

    List<String> walked = new ArrayList<>(ids(first));
    walked.addAll(ids(second));
    assertThat(ids(first)).hasSize(20);
    assertThat(walked).containsExactlyElementsOf(NEWEST);
    assertThat(first.getInteger("total")).isEqualTo(ROOMS);
    assertThat(second.containsKey("nextCursor")).isTrue();
    assertThat(second.getString("nextCursor")).isNull();
    assertThat(first.getJsonObject("asOf").getLong("seq")).isEqualTo(ROOMS);
  }

  @Test
  void emptyListIsAListToo() {
    JsonObject page = STAGE.ask("GET", "/v1/rooms?tag=nobody-has-it").send(200);

    assertThat(page.getJsonArray("rooms")).isEqualTo(new JsonArray());
    assertThat(page.getInteger("total")).isZero();
  }

  @Test
  void gzipIsTheSamePage() throws IOException {
    HttpResponse<byte[]> plain = STAGE.ask("GET", "/v1/rooms").send();
    HttpResponse<byte[]> zipped =
        STAGE.ask("GET", "/v1/rooms").with("Accept-Encoding", "br;q=1.0, gzip;q=0.8").send();

    assertThat(header(zipped, "content-encoding")).isEqualTo("gzip");
    assertThat(header(plain, "content-encoding")).isEmpty();
    assertThat(header(plain, "vary")).isEqualTo("accept-encoding");
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(unzipped.readAllBytes(), UTF_8))
          .isEqualTo(new String(plain.body(), UTF_8));
    }
    assertThat(zipped.body().length).isLessThan(plain.body().length / 2);
  }

  @Test
  void unchangedPageIsNotSentAgain() {
    String etag = header(STAGE.ask("GET", "/v1/rooms").send(), "etag");

    HttpResponse<byte[]> again =
        STAGE.ask("GET", "/v1/rooms").with("If-None-Match", "\"x\", " + etag).send();

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "etag")).isEqualTo(etag);
    assertThat(
            STAGE.ask("GET", "/v1/rooms?limit=5").with("If-None-Match", etag).send().statusCode())
        .isEqualTo(200);
  }

  @Test
  void headSaysWhatGetWouldSend() {
    HttpResponse<byte[]> get = STAGE.ask("GET", "/v1/rooms").send();
    HttpResponse<byte[]> head = STAGE.ask("HEAD", "/v1/rooms").send();

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "content-length")).isEqualTo(String.valueOf(get.body().length));
    assertThat(header(head, "etag")).isEqualTo(header(get, "etag"));
  }

  @Test
  void requestsInOnePacketAreAnsweredInTheirOrder() {
    String list = "GET /v1/rooms?limit=%d HTTP/1.1\r\nHost: a\r\n\r\n";
    String requests =
        list.formatted(1)
            + list.formatted(0)
            + "GET /v1/config HTTP/1.1\r\nHost: a\r\n\r\n"
            + list.formatted(2)
            + "GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    String answers = RawHttp.exchange(STAGE.port(), requests, "never", 1);

    assertThat(codes(answers)).containsExactly("200", "400", "200", "200", "404");
  }

  @Test
  void changeIsInTheListOnceItIsAnswered() {
    try (RestStage stage = new RestStage(RestStage.Kind.USUAL)) {
      for (int i = 0; i < 5; i++) {
        String before = header(stage.ask("GET", "/v1/rooms").send(), "etag");
        String id = stage.room("h" + i, true);
        HttpResponse<byte[]> page =
            stage.ask("GET", "/v1/rooms").with("If-None-Match", before).send();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(new String(page.body(), UTF_8)).contains(id);
      }
    }
  }

  @Test
  void withoutAnonymousViewingTheListIsForThoseWithAToken() {
    var closed = new RestStage.Kind(false, true, true, 1_000);
    try (RestStage stage = new RestStage(closed)) {
      String id = stage.room("mei", true);
      String token = stage.token("viewer", Role.USER);
      for (String path : List.of("/v1/rooms", "/v1/rooms/" + id)) {
        assertThat(stage.ask("GET", path).refusal()).isEqualTo("401 TOKEN_MISSING");
        assertThat(stage.ask("GET", path).by("x.y.z").refusal()).isEqualTo("401 TOKEN_INVALID");
        stage.ask("GET", path).by(token).send(200);
      }
      assertThat(stage.ask("GET", "/v1/rooms/" + id + "/summary").refusal())
          .isEqualTo("401 TOKEN_MISSING");
      assertThat(stage.ask("GET", "/v1/status").send(200).getInteger("liveRooms")).isNull();
      assertThat(stage.ask("GET", "/v1/status").by(token).send(200).getInteger("liveRooms"))
          .isEqualTo(1);
    }
  }

  private static List<String> codes(String answers) {
    List<String> codes = new ArrayList<>();
    for (String part : answers.split("HTTP/1\\.1 ", -1)) {
      if (!part.isEmpty()) {
        codes.add(part.substring(0, 3));
      }
    }
    return codes;
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("rooms").stream()
        .map(room -> ((JsonObject) room).getString("id"))
        .toList();
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
