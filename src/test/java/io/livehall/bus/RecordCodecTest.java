package io.livehall.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.domain.CloseReason;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.Evidence;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomNews;
import io.livehall.domain.RoomState;
import io.livehall.domain.StreamName;
import io.livehall.domain.StreamState;
import io.livehall.domain.Tally;
import io.livehall.domain.UserId;
import io.livehall.domain.Viewer;
import io.livehall.service.Counter;
import io.livehall.service.NewsFlash;
import io.livehall.service.Order;
import io.livehall.service.Order.Target.ById;
import io.livehall.service.Order.Target.ByStream;
import io.livehall.service.Presence;
import io.livehall.service.RoomTally;
import io.livehall.service.Tallies;
import io.livehall.service.port.CounterStore.Step;
import io.vertx.core.buffer.Buffer;
import java.io.File;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123456789Z");
  private static final UserId ADA = new UserId("ada");
  private static final RoomId ID = new RoomId("r000000000000001");

  private final RecordCodec codec = new RecordCodec();

  @ParameterizedTest
  @MethodSource("whatCrossesTheBus")
  void survivesTheWire(Serializable message) {
    assertThat(overTheWire(message)).isEqualTo(message);
  }

  static Stream<Serializable> whatCrossesTheBus() {
    List<Serializable> all = new ArrayList<>();
    changes()
        .forEach(
            change -> {
              all.add(new Order.Change(new ById(ID), change));
              all.add(new Order.Change(new ByStream(new StreamName("8888_a")), change));
            });
    var host = new Host(ADA, "艾达", "a.png");
    all.add(new Order.Open(host, info(), new Order.Attempt("key", "digest")));
    all.add(
        new Order.Open(new Host(ADA, null, null), new RoomInfo("t", null, null, List.of()), null));
    all.add(new Order.Opened(room(), NOW, 7));
    all.add(new Order.Kept(room(), 0));
    all.add(new Reply.Good(new Order.Kept(room(), 7)));
    all.add(Reply.to(new LiveException(ErrorCode.HOST_BANNED, "no")));
    all.add(Reply.to(LiveException.invalid("title", "is too long")));
    for (RoomEvent event : RoomEvent.values()) {
      all.add(new NewsFlash("epoch", List.of(new RoomNews(1, event, NOW, room()))));
    }
    all.add(new NewsFlash("epoch", List.of()));
    all.addAll(counted());
    return all.stream();
  }

  private static List<Serializable> counted() {
    var viewer = new Viewer(ADA, "艾达", null);
    List<Counter.Answer> answers =
        List.of(new Counter.Answer(3, null), new Counter.Answer(0, ErrorCode.RATE_LIMITED));
    return List.of(
        new Counter.Touched(List.of(ID)),
        new Counter.Visits(steps().map(step -> new Counter.Visit(ID, step)).toList()),
        new Reply.Good(true),
        new Reply.Good(new Counter.Moved(answers)),
        new Tallies(List.of(new RoomTally(ID, 3, 5, 7))),
        new Presence(List.of(new Presence.Moves(ID, List.of(viewer), List.of()))));
  }

  private static Stream<Step> steps() {
    return Stream.of(
        new Step.Enter(new Viewer(ADA, "艾达", "a.png")), new Step.Renew(ADA), new Step.Leave(ADA));
  }

  @Test
  void everyStepOfAViewerIsAmongThem() {
    List<Class<?>> kinds = steps().<Class<?>>map(Object::getClass).toList();

    assertThat(kinds).hasSameElementsAs(leaves(Step.class).toList());
  }

  @Test
  void everyKindOfChangeIsAmongThem() {
    var kinds = changes().stream().map(Object::getClass).distinct().toList();

    assertThat(kinds).hasSameElementsAs(leaves(RoomChange.class).toList());
  }

  @Test
  void messageIsReadFromItsPlaceInTheBuffer() {
    Buffer buffer = Buffer.buffer("before");
    codec.encodeToWire(buffer, new Order.Kept(room(), 7));
    buffer.appendString("after");

    assertThat(codec.decodeFromWire("before".length(), buffer))
        .isEqualTo(new Order.Kept(room(), 7));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void foreignClassesAreRefused(Serializable message) {
    var wire = Buffer.buffer();
    codec.encodeToWire(wire, message);

    assertThatThrownBy(() -> codec.decodeFromWire(0, wire))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("REJECTED");
  }

  static Stream<Serializable> foreign() {
    return Stream.of(
        new File("/etc/passwd"),
        URI.create("http://example.com"),
        InetAddress.getLoopbackAddress(),
        new java.math.BigInteger("7"),
        new Reply.Good(new File("inside")),
        new Serializable[] {new File("in an array")});
  }

  @Test
  void messageThatIsCutOffIsRefused() {
    var wire = Buffer.buffer();
    codec.encodeToWire(wire, new Order.Kept(room(), 7));
    Buffer cut = Buffer.buffer().appendInt(50).appendBuffer(wire, 4, 50);

    assertThatThrownBy(() -> codec.decodeFromWire(0, cut)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void onOneNodeItPassesByReference() {
    var message = new Order.Kept(room(), 7);

    assertThat(codec.transform(message)).isSameAs(message);
  }

  private Serializable overTheWire(Serializable message) {
    var wire = Buffer.buffer();
    codec.encodeToWire(wire, message);
    return codec.decodeFromWire(0, wire);
  }

  private static List<RoomChange> changes() {
    return List.of(
        new RoomChange.SaysLive(ADA),
        new RoomChange.Beats(ADA),
        new RoomChange.Edits(ADA, new RoomInfo.Patch("t", null, "Turin", List.of("art"))),
        new RoomChange.Edits(ADA, new RoomInfo.Patch(null, "c.png", null, null)),
        new RoomChange.Ends(ADA),
        new RoomChange.PushBegan("1", NOW),
        new RoomChange.PushEnded("1", NOW, null),
        new RoomChange.PushEnded("1", NOW, NOW),
        new RoomChange.Polled(3, NOW, StreamState.UNKNOWN),
        new RoomChange.Replaced());
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(RecordCodecTest::leaves)
        : Stream.of(type);
  }

  private static RoomInfo info() {
    return new RoomInfo("引擎", "c.png", "Turin", List.of("art", "科技"));
  }

  private static Room room() {
    var evidence =
        new Evidence(
            NOW,
            null,
            NOW,
            List.of(new Evidence.Poll(1, NOW, StreamState.DOWN)),
            List.of(new Evidence.Push("1", null, NOW), new Evidence.Push("2", NOW, null)));
    return new Room(
        ID,
        new StreamName("8888_a"),
        new Host(ADA, "Ada", null),
        info(),
        RoomState.CLOSED,
        CloseReason.STREAM_LOST,
        NOW,
        NOW,
        null,
        9,
        new Tally(1, 2, 3, 4),
        evidence);
  }
}
