package io.livehall.tencent;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.TestStores;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer of the cloud means: only what it says clearly is believed. */
class CloudAnswersTest {
  private static final StreamName STREAM = new StreamName("8888_user001");

  private final Vertx vertx = TestStores.vertx();
  private HttpServer server;
  private TencentCloud cloud;
  private int asked;

  @AfterEach
  void close() {
    await(cloud.close());
    await(server.close());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"ret":0,"output":[{"rate_type":0,"recv_type":1,"status":1}]}        | UP
          {"ret":0,"output":[{"status":0},{"status":1}]}                       | UP
          {"ret":"0","output":[{"status":"1"}]}                                | UP
          {"ret":0,"output":[{"status":0}]}                                    | DOWN
          {"ret":0,"output":[{"status":3}]}                                    | DOWN
          {"ret":0,"output":[]}                                                | DOWN
          {"ret":20601,"message":"never pushed"}                               | DOWN
          {"ret":0,"output":[{"status":2}]}                                    | UNKNOWN
          {"ret":0,"output":[{}]}                                              | UNKNOWN
          {"ret":0,"output":[1]}                                               | UNKNOWN
          {"ret":0,"output":{"status":0}}                                      | UNKNOWN
          {"ret":0}                                                            | UNKNOWN
          {"ret":20301,"message":"channel does not exist","output":[]}         | UNKNOWN
          {"ret":4100,"message":"auth failed"}                                 | UNKNOWN
          {"ret":null}                                                         | UNKNOWN
          {}                                                                   | UNKNOWN
          []                                                                   | UNKNOWN
          not json                                                             | UNKNOWN
          """)
  void firstApi(String answer, StreamState state) {
    answering("legacy", 200, answer);

    assertThat(await(cloud.state(STREAM))).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"Response":{"StreamState":"active","RequestId":"r"}}                | UP
          {"Response":{"StreamState":"inactive","RequestId":"r"}}              | DOWN
          {"Response":{"StreamState":"forbid","RequestId":"r"}}                | DOWN
          {"Response":{"StreamState":"paused","RequestId":"r"}}                | UNKNOWN
          {"Response":{"StreamState":null}}                                    | UNKNOWN
          {"Response":{"Error":{"Code":"InternalError"},"StreamState":"inactive"}} | UNKNOWN
          {"Response":{"Error":{"Code":"RequestLimitExceeded"}}}               | UNKNOWN
          {"Response":{"Error":"x"}}                                           | UNKNOWN
          {"Response":[]}                                                      | UNKNOWN
          {"Response":{}}                                                      | UNKNOWN
          {}                                                                   | UNKNOWN
          "inactive"                                                           | UNKNOWN
          """)
  void presentApi(String answer, StreamState state) {
    answering("v3", 200, answer);

    assertThat(await(cloud.state(STREAM))).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 302, 400, 403, 404, 500, 503})
  void otherStatusIsTriedAgainAndThenUnknown(int status) {
    answering("v3", status, "{\"Response\":{\"StreamState\":\"inactive\"}}");

    assertThat(await(cloud.state(STREAM))).isEqualTo(StreamState.UNKNOWN);
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void moreThanIsReadIsUnknown() {
    answering("v3", 200, "{\"Response\":{\"x\":\"" + "x".repeat(2 << 20) + "\"}}");

    assertThat(await(cloud.state(STREAM))).isEqualTo(StreamState.UNKNOWN);
  }

  @Test
  void whoDoesNotAnswerIsWaitedForOnceAndUnknown() {
    answering("legacy", 0, "");

    assertThat(await(cloud.state(STREAM))).isEqualTo(StreamState.UNKNOWN);
    assertThat(asked).isEqualTo(1);
  }

  /**
   * @param status 0: never
   */
  private void answering(String mode, int status, String body) {
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      asked++;
                      if (status != 0) {
                        request.response().setStatusCode(status).end(body);
                      }
                    })
                .listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + server.actualPort();
    cloud =
        new TencentCloud(
            vertx, Asking.in(mode, Map.of("TENCENT_ENDPOINT", url)), Clock.systemUTC());
  }
}
