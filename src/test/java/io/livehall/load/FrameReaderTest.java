package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.domain.Position;
import io.vertx.core.json.JsonArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  @Test
  void readsWhatTheProtocolShows() {
    assertThat(Frame.of(Sent.welcome())).isEqualTo(new Frame.Welcome("n1", "k3v9"));
    assertThat(Frame.of("{\"t\":\"count\",\"rooms\":[[\"r81\",1210,88340],[\"r90\",12,3]]}"))
        .isEqualTo(
            new Frame.Count(
                List.of(new Frame.Counted("r81", 1210, 88340), new Frame.Counted("r90", 12, 3))));
    assertThat(
            Frame.of(
                "{\"t\":\"mark\",\"ch\":\"hall:newest:20\",\"epoch\":\"k3v9\",\"seq\":18304,"
                    + "\"count\":20,\"hash\":\"5be1c0de\"}"))
        .isEqualTo(new Frame.Mark("hall:newest:20", new Position("k3v9", 18304), 20, "5be1c0de"));
    assertThat(
            Frame.of(
                "{\"t\":\"closed\",\"room\":\"r81\",\"seq\":7,\"reason\":\"HOST_ENDED\","
                    + "\"summary\":{\"durationSeconds\":3600}}"))
        .isEqualTo(new Frame.Closed("r81", 7, "HOST_ENDED"));
    assertThat(Frame.of("{\"t\":\"interrupted\",\"room\":\"r81\",\"seq\":8}"))
        .isEqualTo(new Frame.Streaming("r81", 8, false, null));
    assertThat(Frame.of("{\"t\":\"liked\",\"room\":\"r81\",\"n\":3}"))
        .isEqualTo(new Frame.Liked("r81", 3));
    assertThat(Frame.of("{\"t\":\"entered\",\"room\":\"r81\"}"))
        .isEqualTo(new Frame.Entered("r81"));
    assertThat(Frame.of(Sent.moved("joined", "r81", "Mei", "Ana")))
        .isEqualTo(new Frame.Moved("r81", true, List.of("Mei", "Ana")));
    assertThat(Frame.of(Sent.moved("left", "r81", "Mei")))
        .isEqualTo(new Frame.Moved("r81", false, List.of("Mei")));
    assertThat(Frame.of("{\"t\":\"goaway\",\"why\":\"drain\",\"withinMs\":60000}"))
        .isEqualTo(new Frame.GoAway("drain", 60000));
    assertThat(
            Frame.of(
                "{\"t\":\"error\",\"code\":\"UNAVAILABLE\",\"message\":\"no\",\"room\":\"r1\"}"))
        .isEqualTo(new Frame.Refused("UNAVAILABLE", "no", null, "r1"));
    assertThat(Frame.of("{\"t\":\"pong\"}")).isEqualTo(new Frame.Pong());
  }

  @Test
  void readsADeltaWithAndWithoutOrder() {
    String plain = Sent.delta(4, 5).encode();
    String ordered =
        Sent.delta(5, 6)
            .put("up", JsonArray.of(Sent.room("r1", 2)))
            .put("rm", JsonArray.of(Sent.gone("r2", "closed"), Sent.gone("r3", "left")))
            .put("order", JsonArray.of("r1"))
            .encode();

    assertThat(Frame.of(plain))
        .isEqualTo(new Frame.Delta(Sent.CHANNEL, 4, 5, 3, List.of(), List.of(), null));
    assertThat(Frame.of(ordered))
        .isEqualTo(
            new Frame.Delta(
                Sent.CHANNEL,
                5,
                6,
                3,
                List.of(new Shown("r1", 2, "live", "r1 v2", 0, 0)),
                List.of(new Frame.Gone("r2", true), new Frame.Gone("r3", false)),
                List.of("r1")));
  }

  @Test
  void aTypeOfTomorrowIsUnknownAndNotWrong() {
    assertThat(Frame.of("{\"t\":\"gift\",\"room\":\"r1\"}")).isEqualTo(new Frame.Unknown("gift"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "{}",
        "{\"t\":5}",
        "{\"t\":\"delta\",\"ch\":\"hall:newest:20\"}",
        "{\"t\":\"snap\",\"ch\":\"c\",\"epoch\":\"e\",\"seq\":\"5\",\"total\":1,\"rooms\":[]}",
        "{\"t\":\"snap\",\"ch\":\"c\",\"epoch\":\"e\",\"seq\":5,\"total\":1,\"rooms\":[{\"id\":\"r1\"}]}",
        "{\"t\":\"snap\",\"ch\":\"c\",\"epoch\":\"e\",\"seq\":5,\"total\":99999999999,\"rooms\":[]}",
        "{\"t\":\"count\",\"rooms\":[[\"r1\",1]]}",
        "{\"t\":\"count\",\"rooms\":[7]}",
        "{\"t\":\"count\",\"rooms\":[[\"r1\",-1,2]]}",
        "{\"t\":\"count\",\"rooms\":[[\"r1\",1,-2]]}",
        "{\"t\":\"joined\",\"room\":\"r1\"}",
        "{\"t\":\"joined\",\"room\":\"r1\",\"users\":[{\"id\":\"a\"}]}",
        "{\"t\":\"entered\"}"
      })
  void whatTheProtocolDoesNotAllowIsMalformed(String text) {
    assertThat(Frame.of(text)).isInstanceOf(Frame.Malformed.class);
  }
}
