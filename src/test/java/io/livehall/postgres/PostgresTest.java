package io.livehall.postgres;

import static io.livehall.TestStores.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.TestStores;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTest {
  private final String database = TestStores.newDatabase();
  private final Postgres patient = TestStores.connect(database);
  private final Postgres hasty =
      new Postgres(
          TestStores.vertx(),
          new Postgres.Options(database, 1, Duration.ofSeconds(2), Duration.ofMillis(300)));

  @BeforeEach
  void makeATable() {
    await(patient.with(pool -> pool.query("create table word (text text)").execute()));
  }

  @AfterEach
  void close() {
    await(patient.close());
    await(hasty.close());
  }

  @Test
  void workWhoseTimeIsUpSaysNothingMore() {
    Promise<Void> goOn = Promise.promise();
    Promise<Void> wentOn = Promise.promise();

    Future<Object> work =
        hasty.inTransaction(
            session ->
                insert(session, "before")
                    .compose(done -> goOn.future())
                    .<Object>compose(done -> insert(session, "after").mapEmpty())
                    .onComplete(done -> wentOn.tryComplete()));
    assertThatThrownBy(() -> await(work))
        .isInstanceOfSatisfying(
            LiveException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    goOn.complete();
    await(wentOn.future());

    // The only connection is whole again, and nothing was left behind on it.
    await(hasty.inTransaction(session -> insert(session, "next").mapEmpty()));
    assertThat(words()).isEqualTo("next");
  }

  @Test
  void workThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                await(
                    patient.inTransaction(
                        session ->
                            insert(session, "lost")
                                .compose(done -> session.query("select 1 / 0").execute()))))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () ->
                await(
                    patient.inTransaction(
                        session -> {
                          throw new IllegalStateException("a bug");
                        })))
        .hasMessage("a bug");

    assertThat(words()).isEmpty();
  }

  private String words() {
    return await(
        patient.with(
            pool ->
                pool.query("select coalesce(string_agg(text, ','), '') as words from word")
                    .execute()
                    .map(rows -> rows.iterator().next().getString("words"))));
  }

  private static Future<?> insert(Session session, String text) {
    return session.query("insert into word values ('" + text + "')").execute();
  }
}
