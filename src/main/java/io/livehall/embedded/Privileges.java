package io.livehall.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As whom the children run on this machine, and how they die with this process. PostgreSQL refuses
 * to run as root, so root becomes nobody; where nobody may not enter the directories, an own user
 * namespace hides root's number but keeps its files.
 *
 * @param identity the words that change the user
 * @param owner the number of the user to whom the children's files belong
 * @param deathSignal whether the kernel tells the children of our end; otherwise a shell watches
 */
record Privileges(List<String> identity, int owner, boolean deathSignal) {
  private static final int ROOT = 0;
  private static final int NOBODY = 65534;
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(10);

  /**
   * Becomes {@code "$@"} with its end tied to our input. $1 is the signal that ends it. The program
   * must not see the input, and the watcher must not outlive the program.
   */
  private static final String GUARD =
      """
      exec 3<&0
      signal=$1; shift
      "$@" </dev/null 3<&- & program=$!
      (read -r end <&3; kill -s "$signal" "$program") & watcher=$!
      exec 3<&-
      wait "$program"; code=$?
      kill "$watcher" 2>/dev/null
      exit "$code"
      """;

  static Privileges detect(Path... places) throws IOException {
    int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    List<Privileges> candidates = new ArrayList<>();
    for (boolean deathSignal : new boolean[] {true, false}) {
      if (self == ROOT) {
        String nobody = Integer.toString(NOBODY);
        List<String> drop =
            List.of("setpriv", "--reuid=" + nobody, "--regid=" + nobody, "--clear-groups");
        candidates.add(new Privileges(drop, NOBODY, deathSignal));
        candidates.add(new Privileges(List.of("unshare", "-U"), ROOT, deathSignal));
      } else {
        candidates.add(new Privileges(List.of(), self, deathSignal));
      }
    }
    if (self == ROOT) letPass(places);
    for (Privileges candidate : candidates) {
      if (candidate.canEnter(places)) return candidate;
    }
    throw new IOException(
        "PostgreSQL and Redis cannot run as root, and another user cannot enter "
            + places[0]
            + ": set data.dir to a directory whose parents anybody may enter, or start as an ordinary user");
  }

  private static void letPass(Path... places) throws IOException {
    for (Path place : places) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(place);
      if (permissions.add(PosixFilePermission.OTHERS_EXECUTE))
        Files.setPosixFilePermissions(place, permissions);
    }
  }

  private boolean canEnter(Path... places) {
    List<String> test =
        new ArrayList<>(
            List.of("sh", "-c", "for place; do test -x \"$place\" || exit 1; done", "sh"));
    Arrays.stream(places).map(Path::toString).forEach(test::add);
    try {
      return Command.silent(dying(Signal.KILL, test)).run("", PROBE_LIMIT) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A short program that we wait for. */
  List<String> brief(List<String> program) {
    return dying(Signal.KILL, program);
  }

  /**
   * A program that stays. It gets a session of its own, so that Ctrl-C on the terminal reaches only
   * us: the stores must outlive the work that is still in flight.
   */
  List<String> lasting(Signal onOurEnd, List<String> program) {
    List<String> words = new ArrayList<>();
    words.add("setsid");
    if (!deathSignal) words.addAll(List.of("sh", "-c", GUARD, "sh", onOurEnd.name()));
    words.addAll(dying(onOurEnd, program));
    return words;
  }

  /** The signal is set after the change of user, which would clear it. */
  private List<String> dying(Signal signal, List<String> program) {
    List<String> words = new ArrayList<>(identity);
    if (deathSignal) words.addAll(List.of("setpriv", "--pdeathsig", signal.name()));
    words.addAll(program);
    return words;
  }

  /** Gives a directory with all in it to the children's user, and to nobody else. */
  void own(Path directory) throws IOException {
    Files.createDirectories(directory);
    if ((Integer) Files.getAttribute(directory, "unix:uid") != owner) {
      Files.walkFileTree(directory, new Giver());
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  void give(Path file) throws IOException {
    Files.setAttribute(file, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * A directory changes hands after its content, so that an interrupted change is seen and
   * repeated.
   */
  private final class Giver extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      give(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) throw failure;
      give(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
