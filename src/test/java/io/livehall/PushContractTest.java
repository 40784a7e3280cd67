package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.PushContract.From;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushContractTest {
  private static final PushContract PUSH = PushContract.read();

  @Test
  void aGoodFrameHasNoFaults() {
    JsonObject ping = new JsonObject().put("t", "ping");

    assertThat(PUSH.faults(From.CLIENT, ping)).isEmpty();
    assertThat(PUSH.faults(From.SERVER, ping))
        .containsExactly(".t: ping is no message of the SERVER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CLIENT | {"t":"shout"}                                            | .t: shout is no message
          CLIENT | {}                                                       | .t: null is no message
          SERVER | {"t":"hello"}                                            | .t: hello is no message
          CLIENT | {"t":"sub","view":"room"}                                | : room is missing
          CLIENT | {"t":"sub","view":"hall","limit":101}                    | .limit: 101 is out of
          CLIENT | {"t":"sub","view":"hall","tags":"x"}                     | .tags: is not in the
          CLIENT | {"t":"sub","view":"hall","since":{"epoch":"e"}}          | .since: seq is missing
          CLIENT | {"t":"unsub","ch":"hall:oldest:20"}                      | .ch: hall:oldest:20 is
          CLIENT | {"t":"watch","rooms":["r81"]}                            | .rooms[0]: r81 is not of
          SERVER | {"t":"count","rooms":[["r4k7m2p9x1c5v8b3",1]]}           | .rooms[0]: has 2 items
          SERVER | {"t":"count","rooms":[["r4k7m2p9x1c5v8b3",1,"2"]]}       | .rooms[0][2]: 2 is not
          SERVER | {"t":"count","rooms":[["r4k7m2p9x1c5v8b3",1,2,3]]}       | .rooms[0]: has 4 items
          SERVER | {"t":"pong","at":1}                                      | .at: is not in the
          SERVER | {"t":"goaway","why":"tired","withinMs":1}                | .why: tired is none of
          """)
  void aFrameAgainstTheContractIsFound(From from, String frame, String fault) {
    assertThat(PUSH.faults(from, new JsonObject(frame)))
        .anySatisfy(found -> assertThat(found).startsWith(fault));
  }
}
