package io.livehall.load;

/** A room as a client shows it. */
public record Shown(String id, long version, String state, String title, long viewers, long likes) {

  static final String CLOSED = "closed";

  boolean isOver() {
    return state.equals(CLOSED);
  }

  Shown in(String nextState, long nextVersion) {
    return new Shown(id, nextVersion, nextState, title, viewers, likes);
  }

  Shown counted(Frame.Counted count) {
    return viewers == count.viewers() && likes == count.likes()
        ? this
        : new Shown(id, version, state, title, count.viewers(), count.likes());
  }
}
