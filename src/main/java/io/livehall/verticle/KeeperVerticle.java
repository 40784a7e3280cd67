package io.livehall.verticle;

import io.livehall.bus.Addresses;
import io.livehall.bus.LiveBus;
import io.livehall.domain.Room;
import io.livehall.domain.RoomNews;
import io.livehall.service.GroupCommit;
import io.livehall.service.NewsFlash;
import io.livehall.service.Order;
import io.livehall.service.RoomKeeper;
import io.livehall.service.RoomPolicy;
import io.livehall.service.port.RoomStore;
import io.livehall.service.port.RoomStore.Committed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the orders about rooms, and tells everyone what came of them. */
public final class KeeperVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(KeeperVerticle.class);

  private final LiveBus bus;
  private final RoomKeeper keeper;
  private final Settings settings;
  private final Meters meters;
  private final Clock clock;

  /**
   * @param isSilent a switch for tests: the news of this node are not told to anyone
   */
  public record Settings(RoomPolicy policy, GroupCommit.Limits limits, boolean isSilent) {}

  public KeeperVerticle(
      LiveBus bus, RoomKeeper.Ports ports, Settings settings, Meters meters, Clock clock) {
    this.bus = bus;
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
    this.keeper = new RoomKeeper(ports, settings.policy(), settings.limits(), clock, this::tell);
  }

  @Override
  public Future<?> start() {
    meters.watch("keeper.waiting", keeper, RoomKeeper::waiting);
    return Future.all(
        bus.answer(Addresses.ROOM_OPEN, this::open),
        bus.answer(Addresses.ROOM_CHANGE, keeper::change));
  }

  private Future<Order.Opened> open(Order.Open order) {
    return keeper
        .open(order)
        .onSuccess(
            opened ->
                LOG.info(
                    "room={} host={} state={}",
                    opened.room().id(),
                    order.host().id(),
                    opened.room().state()));
  }

  private void tell(Committed committed, List<RoomStore.Entry> entries) {
    Instant now = clock.instant();
    long seq = committed.seq() - entries.size();
    List<RoomNews> news = new ArrayList<>(entries.size());
    for (RoomStore.Entry entry : entries) {
      news.add(new RoomNews(++seq, entry.event(), now, entry.room()));
      log(seq, entry);
      meters.transition(entry.event(), entry.room().closeReason());
    }
    if (!settings.isSilent()) {
      var flash = new NewsFlash(committed.epoch(), news);
      // Here first: who is answered by this node shall not wait for the cluster. To hear it twice
      // does no harm.
      bus.tellHere(Addresses.ROOM_NEWS, flash);
      bus.tell(Addresses.ROOM_NEWS, flash);
    }
  }

  private static void log(long seq, RoomStore.Entry entry) {
    Room room = entry.room();
    LOG.info(
        "room={} host={} seq={} event={} state={} version={} reason={}",
        room.id(),
        room.host().id(),
        seq,
        entry.event(),
        room.state(),
        room.version(),
        room.closeReason() == null ? "-" : room.closeReason());
  }
}
