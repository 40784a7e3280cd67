package io.livehall.postgres;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;

/**
 * A connection, lent for one piece of work. When that is over nothing more can be sent through it:
 * work that was given up may still get its answers late, and what it would say then would stand
 * outside its transaction, without its locks, and each statement for itself.
 */
public final class Session {
  private final SqlConnection connection;
  private volatile boolean isOver;

  Session(SqlConnection connection) {
    this.connection = connection;
  }

  public Query<RowSet<Row>> query(String sql) {
    refuseIfOver();
    return connection.query(sql);
  }

  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    refuseIfOver();
    return connection.preparedQuery(sql);
  }

  /**
   * What was begun must not go back to the pool open. A statement that hangs is ended by the
   * server's own limit.
   */
  void end(boolean isGood) {
    isOver = true;
    if (isGood) {
      connection.close();
    } else {
      connection.query("rollback").execute().eventually(connection::close);
    }
  }

  private void refuseIfOver() {
    if (isOver) {
      throw new LiveException(ErrorCode.TIMEOUT, "The database answered too late.");
    }
  }
}
