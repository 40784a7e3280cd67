package io.livehall.service;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.Host;
import io.livehall.domain.LiveException;
import io.livehall.domain.Room;
import io.livehall.domain.RoomChange;
import io.livehall.domain.RoomId;
import io.livehall.domain.RoomInfo;
import io.livehall.domain.StreamUrls;
import io.livehall.domain.Summary;
import io.livehall.domain.UserId;
import io.livehall.service.Order.Target.ById;
import io.livehall.service.port.RoomStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an app can do with rooms. */
public final class Rooms {
  /**
   * How long an answer waits for this node's list to show what it says; then it goes out without.
   */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(1);

  private final Keeper keeper;
  private final RoomStore store;
  private final Listing listing;
  private final Unlisted unlisted = new Unlisted(this::find);
  private final StreamUrls urls;
  private final Duration pushFor;
  private final Clock clock;

  /** A signed push address: a secret of the host. */
  public record Push(String url, Instant expiresAt) {
    @Override
    public String toString() {
      return "Push[expiresAt=" + expiresAt + "]";
    }
  }

  public record Opened(Room room, Push push) {}

  /** Who asks, and whether he may see what only hosts may. */
  public record Asker(UserId user, boolean isModerator) {}

  public Rooms(Keeper keeper, RoomStore store, Listing listing, StreamUrls urls, Times times) {
    this.keeper = keeper;
    this.store = store;
    this.listing = listing;
    this.urls = urls;
    this.pushFor = times.pushFor();
    this.clock = times.clock();
  }

  public record Times(Duration pushFor, Clock clock) {}

  public Future<Opened> open(Host host, RoomInfo info, Order.@Nullable Attempt attempt) {
    return keeper
        .open(new Order.Open(host, info, attempt))
        .compose(opened -> shown(opened.seq()).map(opened))
        .map(opened -> new Opened(opened.room(), push(opened.room(), opened.pushUntil())));
  }

  public Future<Room> goLive(RoomId id, UserId by) {
    return change(id, new RoomChange.SaysLive(by));
  }

  public Future<Room> beat(RoomId id, UserId by) {
    return change(id, new RoomChange.Beats(by));
  }

  public Future<Room> edit(RoomId id, UserId by, RoomInfo.Patch patch) {
    return change(id, new RoomChange.Edits(by, patch));
  }

  public Future<Room> end(RoomId id, UserId by) {
    return change(id, new RoomChange.Ends(by));
  }

  public Future<Push> freshPush(RoomId id, UserId by) {
    return find(id)
        .map(
            room -> {
              room.requireHost(by);
              room.requireOpen();
              return push(room, clock.instant().plus(pushFor));
            });
  }

  public Future<Room> find(RoomId id) {
    return store
        .find(id)
        .map(
            room ->
                room.orElseThrow(
                    () ->
                        new LiveException(
                            ErrorCode.ROOM_NOT_FOUND, "There is no room with this id.")));
  }

  /**
   * Completes if somebody can watch this room now, or could until its stream broke off; fails
   * ROOM_NOT_FOUND, ROOM_CLOSED or ROOM_NOT_LIVE. A room of the list costs no question.
   */
  public Future<Void> requireWatchable(RoomId id) {
    return require(id, Room::requireWatchable);
  }

  /** The same for what only a room on air can be given. */
  public Future<Void> requireLive(RoomId id) {
    return require(id, Room::requireLive);
  }

  private Future<Void> require(RoomId id, Consumer<Room> demand) {
    return isListed(id)
        ? Future.succeededFuture()
        : unlisted
            .find(id)
            .map(
                room -> {
                  demand.accept(room);
                  return null;
                });
  }

  private boolean isListed(RoomId id) {
    return listing.isLoaded() && listing.now().has(id);
  }

  public Future<Summary> summary(RoomId id) {
    return find(id).map(Room::summary);
  }

  /** The room with its evidence, for its host and for moderators. */
  public Future<Room> evidence(RoomId id, Asker asker) {
    return find(id)
        .map(
            room -> {
              if (!asker.isModerator()) {
                room.requireHost(asker.user());
              }
              return room;
            });
  }

  private Push push(Room room, Instant until) {
    return new Push(urls.push(room.stream(), until), until);
  }

  private Future<Room> change(RoomId id, RoomChange change) {
    return keeper
        .change(new Order.Change(new ById(id), change))
        .compose(kept -> shown(kept.seq()).map(kept.room()));
  }

  private Future<Void> shown(long seq) {
    return listing
        .reaches(seq)
        .timeout(SHOWN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }
}
