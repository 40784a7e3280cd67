package io.livehall.protocol.push;

import io.livehall.protocol.Caller;
import io.livehall.service.Attendance;
import io.livehall.service.Likes;
import java.util.function.Function;

/**
 * How clients are received: under what name, within what limits, and who they prove to be.
 *
 * @param verify who a token speaks for; fails TOKEN_INVALID or TOKEN_EXPIRED
 */
public record Reception(
    String node,
    Limits limits,
    Function<String, Caller> verify,
    Counts counts,
    PushFigures figures) {

  /** Where likes go, and who is in a room through the sockets of this node. */
  public record Counts(Likes likes, Attendance attendance) {}
}
