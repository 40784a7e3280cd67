package io.livehall.bench;

import io.livehall.postgres.Postgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;

/**
 * {@code SeedRooms COUNT}: live rooms, as they would be had their hosts opened them one after the
 * other, into the database of {@code LIVEHALL_POSTGRES_URI}. The tables must be there and empty.
 */
public final class SeedRooms {
  private static final String ROOMS =
      """
      insert into room (id, stream, host_id, host_name, host_avatar_url, title, cover_url, location, tags, state,
        created_at, live_at, version, viewers, likes, peak_viewers, visits, said_live_at, misses, pushes)
      select 'r' || substr(md5(n::text), 1, 15), '8888_r' || substr(md5(n::text), 1, 15),
        'host_' || n, '小美 ' || n, 'https://img.example.com/a' || n || '.jpg',
        'Guitar under the stars ' || n, 'https://img.example.com/c' || n || '.jpg',
        (array['深圳', '上海', '北京', '广州'])[1 + n % 4],
        array[(array['music', 'games', 'food', 'travel', '吉他'])[1 + n % 5]],
        'live', at - interval '7 seconds', at, 2, 0, 0, 0, 0, at, '{}', '{}'
      from (select n, date_trunc('milliseconds', now()) - ($1 - n) * interval '200 milliseconds' as at
        from generate_series(1, $1::int) as n) as story""";

  private static final String LOG =
      """
      insert into room_log (seq, event, at, id, stream, host_id, host_name, host_avatar_url, title, cover_url,
        location, tags, state, created_at, live_at, version, viewers, likes, peak_viewers, visits)
      select row_number() over (order by live_at), 'WENT_LIVE', live_at, id, stream, host_id, host_name,
        host_avatar_url, title, cover_url, location, tags, state, created_at, live_at, version, viewers, likes,
        peak_viewers, visits
      from room""";

  /** A day ahead: while we measure, the cloud is asked about none of them. */
  private static final String WATCH =
      "insert into room_watch (room_id, due_at) select id, now() + interval '1 day' from room";

  private SeedRooms() {}

  public static void main(String[] arguments) {
    int count = Integer.parseInt(arguments[0]);
    Vertx vertx = Vertx.vertx();
    Postgres postgres = new Postgres(vertx, database(Duration.ofMinutes(1)));
    try {
      postgres
          .inTransaction(
              connection ->
                  connection
                      .preparedQuery(ROOMS)
                      .execute(Tuple.of(count))
                      .compose(rooms -> connection.query(LOG).execute())
                      .compose(log -> connection.query(WATCH).execute())
                      .compose(
                          watch ->
                              connection
                                  .preparedQuery("update hall_clock set seq = $1")
                                  .execute(Tuple.of((long) count))))
          .compose(seeded -> tidy(postgres))
          .await();
    } finally {
      vertx.close().await();
    }
  }

  /** As the database's own housekeeping would leave the tables after a while. */
  private static Future<?> tidy(Postgres postgres) {
    Future<?> done = Future.succeededFuture();
    for (String table : List.of("room", "room_log", "room_watch")) {
      done =
          done.compose(
              before -> postgres.with(pool -> pool.query("vacuum analyze " + table).execute()));
    }
    return done;
  }

  static Postgres.Options database(Duration patience) {
    String uri = System.getenv("LIVEHALL_POSTGRES_URI");
    if (uri == null) {
      throw new IllegalStateException("LIVEHALL_POSTGRES_URI is not set");
    }
    return new Postgres.Options(uri, 8, Duration.ofSeconds(2), patience);
  }
}
