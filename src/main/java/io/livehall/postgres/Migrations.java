package io.livehall.postgres;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Brings the tables to this version of the server: numbered files, each run once, all in one
 * transaction under a lock, so that nodes which start together do not meet. A file that was ever
 * released is never changed.
 */
public final class Migrations {
  private static final List<String> FILES =
      List.of("001_rooms", "002_accounts", "003_cloud", "004_counters");
  private static final long LOCK = 0x4c697665_68616c6cL; // "Livehall"

  private final Postgres postgres;

  public Migrations(Postgres postgres) {
    this.postgres = postgres;
  }

  /** How many were run now. */
  public Future<Integer> run() {
    return postgres.inTransaction(
        connection ->
            connection
                .preparedQuery("select pg_advisory_xact_lock($1)")
                .execute(Tuple.of(LOCK))
                .compose(
                    locked ->
                        connection
                            .query(
                                """
                                create table if not exists schema_version (
                                  version int primary key,
                                  name text not null,
                                  applied_at timestamptz not null default now())""")
                            .execute())
                .compose(
                    there ->
                        connection
                            .query(
                                "select coalesce(max(version), 0) as version from schema_version")
                            .execute())
                .map(rows -> rows.iterator().next().getInteger("version"))
                .compose(
                    version -> {
                      if (version > FILES.size()) {
                        return Future.failedFuture(
                            new IllegalStateException(
                                "The database is of a newer version of Livehall ("
                                    + version
                                    + ")."));
                      }
                      return run(connection, version).map(FILES.size() - version);
                    }));
  }

  private static Future<Void> run(Session connection, int done) {
    Future<Void> last = Future.succeededFuture();
    for (int i = done; i < FILES.size(); i++) {
      int version = i + 1;
      String name = FILES.get(i);
      last =
          last.compose(before -> connection.query(text(name)).execute())
              .compose(
                  made ->
                      connection
                          .preparedQuery(
                              "insert into schema_version (version, name) values ($1, $2)")
                          .execute(Tuple.of(version, name)))
              .mapEmpty();
    }
    return last;
  }

  private static String text(String name) {
    try (InputStream file = Migrations.class.getResourceAsStream("/db/" + name + ".sql")) {
      if (file == null) {
        throw new IllegalStateException("no file for migration " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
