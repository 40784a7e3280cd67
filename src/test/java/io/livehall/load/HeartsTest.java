package io.livehall.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.load.Tally.Count;
import io.livehall.load.Tally.Time;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartsTest {
  private final Scene scene = new Scene(Arguments.parse(List.of(), null), List.of());
  private final Hearts hearts = new Hearts(scene);

  @Test
  void eachIsAnsweredOrRefusedOrLost() {
    for (String room : List.of("r1", "r2", "r1", "r1", "r2", "r3")) {
      hearts.sent(room);
    }

    hearts.counted(new Frame.Liked("r1", 2));
    hearts.refused(new Frame.Refused("RATE_LIMITED", "", null, "r2"));
    hearts.end();

    assertThat(count(Count.LIKES_SENT)).isEqualTo(6);
    assertThat(count(Count.LIKED)).isEqualTo(2);
    assertThat(scene.tally().time(Time.LIKED).counts().all()).isEqualTo(2);
    assertThat(count(Count.LIKES_REFUSED)).isEqualTo(2);
    assertThat(count(Count.LIKES_LOST)).isEqualTo(2);
    assertThat(scene.ledger().all().get("r1").allows(2)).isTrue();
  }

  @Test
  void whatIsAnsweredIsInTheLedgerAlsoWhereNobodyWaitsForIt() {
    hearts.sent("r1");
    hearts.refused(new Frame.Refused("ROOM_CLOSED", "", null, "r1"));

    hearts.counted(new Frame.Liked("r1", 1));

    assertThat(scene.ledger().all().get("r1")).hasToString("1 sent, 1 answered");
    assertThat(scene.tally().time(Time.LIKED).counts().all()).isZero();
  }

  private long count(Count what) {
    return scene.tally().count(what);
  }
}
