package io.livehall.protocol.push;

import java.time.Duration;

/** Hears what the push does, for those who run the server. Any thread may call. */
public interface PushFigures {
  void count(String what, String result);

  void count(String what, String result, long times);

  /** From the commit of a change to the last socket of one loop that it was written to. */
  void pushed(Duration lag);
}
