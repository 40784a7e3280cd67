package io.livehall.protocol.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.Position;
import io.livehall.domain.RoomId;
import io.livehall.hall.Sort;
import io.livehall.hall.View;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameReaderTest {
  private static final RoomId ROOM = new RoomId("r000000000000001");

  static Stream<Arguments> goodFrames() {
    var newest = new View(Sort.NEWEST, null, 20);
    return Stream.of(
        arguments("{'t':'hello'}", new ClientFrame.Hello(null)),
        arguments("{'t':'hello','token':null}", new ClientFrame.Hello(null)),
        arguments("{'t':'hello','token':'a.b.c'}", new ClientFrame.Hello("a.b.c")),
        arguments("{'t':'sub','view':'hall'}", new ClientFrame.SubHall(newest, null)),
        arguments(
            "{'view':'hall','t':'sub','sort':'hot','limit':100,'tag':'音楽_1-b'}",
            new ClientFrame.SubHall(new View(Sort.HOT, "音楽_1-b", 100), null)),
        arguments(
            "{'t':'sub','view':'hall','since':{'epoch':'k3v9','seq':18231}}",
            new ClientFrame.SubHall(newest, new Position("k3v9", 18_231))),
        arguments("{'t':'sub','view':'room','room':'" + ROOM + "'}", new ClientFrame.SubRoom(ROOM)),
        arguments("{'t':'unsub','ch':'hall:newest:20'}", new ClientFrame.Unsub("hall:newest:20")),
        arguments("{'t':'resync','ch':'room:x'}", new ClientFrame.Resync("room:x")),
        arguments("{'t':'watch','rooms':[]}", new ClientFrame.Watch(List.of())),
        arguments(
            "{'t':'watch','rooms':['" + ROOM + "','" + ROOM + "']}",
            new ClientFrame.Watch(List.of(ROOM))),
        arguments("{'t':'enter','room':'" + ROOM + "'}", new ClientFrame.Enter(ROOM, null, null)),
        arguments(
            "{'t':'enter','room':'" + ROOM + "','name':' 阿杰 ','avatarUrl':'https://a.b/c'}",
            new ClientFrame.Enter(ROOM, "阿杰", "https://a.b/c")),
        arguments("{'t':'leave','room':'" + ROOM + "'}", new ClientFrame.Leave(ROOM)),
        arguments("{'t':'like','room':'" + ROOM + "'}", new ClientFrame.Like(ROOM, 1)),
        arguments("{'t':'like','room':'" + ROOM + "','n':1}", new ClientFrame.Like(ROOM, 1)),
        arguments("{'t':'like','room':'" + ROOM + "','n':20}", new ClientFrame.Like(ROOM, 20)),
        arguments("{'t':'like','n':20,'room':'" + ROOM + "'}", new ClientFrame.Like(ROOM, 20)),
        arguments("{'t':'like', 'room':'" + ROOM + "','n':7}", new ClientFrame.Like(ROOM, 7)),
        arguments(" \n {'t' : 'ping'} ", new ClientFrame.Ping()));
  }

  @ParameterizedTest
  @MethodSource("goodFrames")
  void whatIsSaidIsUnderstood(String text, ClientFrame frame) {
    assertThat(read(text)).isEqualTo(frame);
  }

  /** Who says these is no client of ours, so no field is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                    | says in t what it is
          {'t':''}              | says in t what it is
          {'t':5}               | says in t what it is
          {'t':'shout'}         | knows the type shout
          {'t':'HELLO'}         | knows the type HELLO
          []                    | must be a JSON object
          'ping'                | must be a JSON object
          {'t':'ping'           | not valid JSON
          {'t':'ping'}}         | not valid JSON
          {'t':'like','room':'r000000000000001','n':01} | not valid JSON
          {'t':'like','room':'r000000000000001','n':1   | not valid JSON
          {'t':'like','room':'r000000000000001','n':1}} | not valid JSON
          {'t':'like','room':'r000000000000001}'        | not valid JSON
          """)
  void whatIsNoFrameIsToldSo(String text, String message) {
    LiveException refused = refused(text);

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
    assertThat(refused.fields()).isEmpty();
    assertThat(refused.detail()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'t':'hello','tokens':'x'}                            | tokens
          {'t':'hello','token':''}                              | token
          {'t':'sub','view':'hall','sort':'new','limit':0}      | sort limit
          {'t':'sub','view':'hall','since':{}}                  | since.epoch
          {'t':'sub','view':'hall','since':{'epoch':'e'}}       | since.seq
          {'t':'sub','view':'hall','since':{'epoch':'e','seq':1,'n':2}} | since.n
          {'t':'sub','view':'hall','limit':9007199254740993.5}  | limit
          {'t':'sub','view':'hall','limit':99999999999999999999} | limit
          {'t':'sub','view':'room','room':'r1'}                 | room
          {'t':'watch','rooms':['r000000000000001',null]}       | rooms[1]
          {'t':'like','room':'r000000000000001','n':1.0}        | n
          {'t':'like','room':'r000000000000001','n':0}          | n
          {'t':'like','room':'r000000000000001','n':21}         | n
          {'t':'like','room':'r000000000000001','n':-1}         | n
          {'t':'like','room':'r000000000000001','n':'3'}        | n
          {'t':'like','room':'r000000000000001','m':3}          | m
          {'t':'like','room':'r00000000000000A'}                | room
          {'t':'like','room':'r00000000000001'}                 | room
          {'t':'like','room':'x000000000000001'}                | room
          {'t':'like','room':'r0000000000000012'}               | room
          {'t':'like','room':'r00000000000000A','n':0}          | n room
          {'t':'like','room':'r000000000000001','n':1,'n':1}    | n
          {'t':'like','n':3}                                    | room
          {'t':'enter','room':'r000000000000001','name':''}     | name
          {'t':'enter','room':'r000000000000001','avatarUrl':'x'} | avatarUrl
          {'t':'enter','room':'r000000000000001','n':1}         | n
          {'t':'leave','room':'r000000000000001','name':'x'}    | name
          {'t':'ping','t':'ping'}                               | t
          """)
  void whatIsWrongIsNamed(String text, String fields) {
    LiveException refused = refused(text);

    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
    assertThat(refused.fields())
        .extracting(LiveException.FieldError::field)
        .containsExactly(fields.split(" "));
  }

  private static LiveException refused(String text) {
    return Assertions.catchThrowableOfType(LiveException.class, () -> read(text));
  }

  private static ClientFrame read(String text) {
    return FrameReader.read(Buffer.buffer(text.replace('\'', '"')));
  }
}
