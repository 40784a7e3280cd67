package io.livehall.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run is to be. */
record LoadOptions(Viewers viewers, Hosts hosts, Passes passes, Server server, Run run) {

  /**
   * Who looks.
   *
   * @param roomShare how many of them also sit in a room, 0 to 1
   * @param reconnects sockets that are dropped, in a second
   */
  record Viewers(
      int count,
      int opensPerSecond,
      String sort,
      int limit,
      double roomShare,
      double reconnects,
      boolean enter,
      int loops) {
    String channel() {
      return "hall:" + sort + ":" + limit;
    }

    /** Among the hot a new room may stand below what is seen, and come up any time later. */
    boolean showsNewAtOnce() {
      return sort.equals("newest");
    }
  }

  /** Who changes the list; the rates are in a second, of all together. */
  record Hosts(int count, double churn, double likes, boolean sayLive) {}

  /** How hosts, and perhaps viewers, say who they are. Neither: by accounts. */
  record Passes(@Nullable String tokenKey, @Nullable Path tokens) {}

  /** What is loaded, and where else it can be looked at. */
  record Server(List<URI> bases, List<URI> ops, List<Long> pids) {}

  record Run(Duration measured, Duration reportEvery, long seed) {}

  static final String USAGE =
      """
      Usage: scripts/load [options]

      Opens viewers on the push port of a running server, plays hosts who open, edit and close rooms, and tells
      how many frames came, how late the viewers saw each change, how many ended with the right list, and whether the
      rooms have the likes that were answered.

      Server
        --base URL          the API of a node (http://localhost:8080); may be given several times: viewers and hosts are
                            spread over the nodes, and who loses his node goes on at another
        --ops URL           the operations port of a node, e.g. http://127.0.0.1:9090: its memory and push figures are
                            read at the start and at the end; may be given several times
        --pid PID           a server process on this machine, whose resident memory is read; may be given several times

      Viewers
        --viewers N         how many, each with a socket of his own (1000)
        --open-rate N       sockets opened in a second (500)
        --sort newest|hot   the order they look at (newest)
        --limit N           how many rooms they see, 1 to 100 (20)
        --room-share F      how many of them also sit in a room, 0 to 1 (0.2)
        --enter             those also say enter, to be counted as viewers; needs --token-key or --tokens
        --reconnects F      sockets dropped in a second, at random; their viewers come back and resume (0)
        --loops N           threads for all the sockets (1)

      Hosts
        --hosts N           how many; each opens a room before the measuring begins (20)
        --churn F           changes in a second, of all together: open, edit, close (1)
        --likes F           likes in a second, sent by viewers over their sockets; needs --token-key or --tokens (10, and 0
                            without them)
        --say-live          rooms go live by the host's word, not by the simulated cloud; the streams must really be there,
                            or the server closes the rooms after its polls

      Identity: by default, an account is made for each host, in turn (0.5 s each); the accounts stay in the server
        --token-key KEY     tokens are signed here with the server's tokens.key, for hosts and viewers (default: the
                            environment's LIVEHALL_TOKENS_KEY, if any)
        --tokens FILE       one token a line: the first are the hosts', the others the viewers'

      Run
        --seconds N         how long to measure, once all viewers are there (60)
        --every N           seconds between two lines of the report (5)
        --seed N            the same choices again (1)
        --help              print this and end

      Limits: 60,000 viewers, 1,000 hosts, 24 hours. Connect and handshake 5 s each, a call of a host 10 s, 32 of them at a
      time. A socket that is silent for 45 s is lost. Lost sockets come back after a random pause of up to 0.5 s, that
      doubles with each failure up to 20 s. At the end, 5 s for the positions of list and viewers to meet, and 5 s for the
      likes.

      Ends with 0 if all viewers ended with the right list, no frame was wrong, and no room has fewer likes than were
      answered or more than were sent; with 1 if not, with 2 if it could not run. Nobody else is to like these rooms.
      Ctrl-C ends the measuring, and prints what there is.
      """;
}
