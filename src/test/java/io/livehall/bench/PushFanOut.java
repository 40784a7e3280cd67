package io.livehall.bench;

import io.livehall.domain.Host;
import io.livehall.domain.Position;
import io.livehall.domain.Room;
import io.livehall.domain.RoomEvent;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.RoomNews;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.hall.Hall;
import io.livehall.hall.HallChange;
import io.livehall.hall.ListedRoom;
import io.livehall.protocol.push.NewsDesk;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Instant;
import java.util.List;

/**
 * {@code PushFanOut PUSH_PORT HTTP_PORT}: each {@code POST /pub} changes the one room of a hall,
 * and is answered when the news are written to everyone who looks at {@code hall:newest:1}. The way
 * is the server's own: view, delta, frame, sockets.
 */
public final class PushFanOut {
  private static final String EPOCH = "bench";
  private static final String HEAD_END = "\r\n\r\n";
  private static final Buffer NO_CONTENT = Buffer.buffer("HTTP/1.1 204 No Content\r\n\r\n");
  private static final RoomId ID = new RoomId("r00000000000000a");

  private final PushNode node;
  private final Context loop;
  private final Room room =
      Room.open(
          ID,
          StreamName.ofRoom("8888", ID),
          new Host(new UserId("host"), null, null),
          new RoomInfo("Guitar under the stars", null, null, List.of()),
          Instant.EPOCH);
  private Hall hall = Hall.empty(new Position(EPOCH, 0));

  private PushFanOut(PushNode node) {
    this.node = node;
    this.loop = node.vertx().getOrCreateContext();
  }

  public static void main(String[] arguments) {
    var node = new PushNode(arguments[0]);
    var program = new PushFanOut(node);
    node.desk().open(work -> program.loop.runOnContext(now -> work.run()));
    program.loop.runOnContext(now -> program.change(Buffer.buffer("{}")));
    node.listen();
    node.vertx()
        .createNetServer()
        .connectHandler(publisher -> publisher.handler(part -> program.receive(publisher, part)))
        .listen(Integer.parseInt(arguments[1]), "127.0.0.1")
        .await();
    System.out.println("READY");
  }

  /** The publisher sends each request whole, and waits for its answer before the next. */
  private void receive(NetSocket publisher, Buffer request) {
    change(request.getBuffer(request.toString().indexOf(HEAD_END) + 4, request.length()));
    // The one loop writes what it was given before it comes to this.
    loop.runOnContext(written -> publisher.write(NO_CONTENT));
  }

  private void change(Buffer body) {
    long prev = hall.at().seq();
    ListedRoom before = hall.find(ID);
    var listed = new ListedRoom(ID, prev + 1, 0, 0, 0, 0, List.of(), json(body, prev));
    hall = hall.next(new Position(EPOCH, prev + 1), List.of(new HallChange.Put(listed)));
    var news = new RoomNews(prev + 1, RoomEvent.EDITED, Instant.now(), room);
    node.desk().show(hall, List.of(new NewsDesk.Heard(news, before)));
    node.desk().tick();
  }

  /** The body, cut so that the whole text that tells of it is as long as the body was. */
  private static byte[] json(Buffer body, long prev) {
    String around =
        "{\"t\":\"delta\",\"ch\":\"hall:newest:1\",\"prev\":"
            + prev
            + ",\"seq\":"
            + (prev + 1)
            + ",\"total\":1,\"up\":[],\"rm\":[]}";
    int length = body.length() - around.length();
    return length < 2
        ? body.getBytes()
        : body.getBuffer(0, length - 2).appendString("\"}").getBytes();
  }
}
