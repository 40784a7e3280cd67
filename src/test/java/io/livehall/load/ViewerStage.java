package io.livehall.load;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A viewer, a server that says what it is told to, and the loop between them. */
final class ViewerStage implements AutoCloseable {
  private final MockServer server = new MockServer();
  private final Wire wire = new Wire(1);
  private Scene scene;
  private Row row;

  ViewerStage() {
    play(server.place());
  }

  /** From now on the viewers have these nodes. */
  void play(Place... places) {
    scene = new Scene(Arguments.parse(List.of("--limit", "3"), null), List.of(places));
    row = new Row(scene, wire, wire.loops().get(0), 1);
  }

  MockServer server() {
    return server;
  }

  Scene scene() {
    return scene;
  }

  Viewer come(@Nullable String token, boolean wantsRoom) {
    var viewer = new Viewer(row, new Viewer.Person(0, token, wantsRoom));
    row.run(() -> row.add(viewer));
    return viewer;
  }

  void run(Runnable work) {
    row.run(work);
  }

  /** Of the rooms that he shows. */
  List<Long> versions(Viewer viewer) {
    return ask(
        viewer,
        v ->
            v.current() == null
                ? List.of()
                : v.current().list().rooms().stream().map(Shown::version).toList());
  }

  <T> T ask(Viewer viewer, Function<Viewer, T> what) {
    var answer = new CompletableFuture<T>();
    row.run(() -> answer.complete(what.apply(viewer)));
    return answer.join();
  }

  @Override
  public void close() {
    wire.close();
    server.close();
  }
}
