package io.livehall.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The directory of the stores, locked: one process at a time. */
final class Home implements AutoCloseable {
  static final FileAttribute<Set<PosixFilePermission>> SECRET =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * Homes locked by this process. Merely opening and closing a lock file drops the lock that the
   * same process holds on it, so a second attempt must be turned away before it opens the file.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel lock;
  private final String password;

  private Home(Path directory, FileChannel lock) throws IOException {
    this.directory = directory;
    this.lock = lock;
    this.password = password(directory);
  }

  static Home open(Path wanted) throws IOException {
    Files.createDirectories(wanted);
    Path directory = wanted.toRealPath();
    if (!OURS.add(directory)) throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
    FileChannel channel = null;
    try {
      Path file = directory.resolve("stores.lock");
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      takeLock(channel, directory);
      return new Home(directory, channel);
    } catch (AccessDeniedException e) {
      release(directory, channel);
      throw new IOException(
          directory + " belongs to another user: start as that user, or set another data.dir", e);
    } catch (IOException | RuntimeException e) {
      release(directory, channel);
      throw e;
    }
  }

  private static String password(Path directory) throws IOException {
    Path file = directory.resolve("password");
    if (!Files.exists(file)) {
      if (Files.exists(directory.resolve("postgres"))) {
        throw new IOException(
            file + " is missing, but the data that it opens is there: put the file back");
      }
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      writeSecret(file, HexFormat.of().formatHex(random));
    }
    return Files.readString(file).trim();
  }

  private static void takeLock(FileChannel channel, Path directory) throws IOException {
    FileLock taken = channel.tryLock();
    ByteBuffer pid = ByteBuffer.allocate(20);
    if (taken == null) {
      channel.read(pid, 0);
      throw inUse(
          directory, new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).trim());
    }
    String line = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(StandardCharsets.US_ASCII.encode(line), 0);
  }

  private static IOException inUse(Path directory, String pid) {
    return new IOException(
        directory
            + " is in use by process "
            + pid
            + ": stop that one first, or set another data.dir");
  }

  private static void release(Path directory, @Nullable FileChannel channel) throws IOException {
    if (channel != null) channel.close();
    OURS.remove(directory);
  }

  Path directory() {
    return directory;
  }

  Path resolve(String name) {
    return directory.resolve(name);
  }

  /** An empty log, for our user only: stores may write what they were given into it. */
  Path freshLog(String store) throws IOException {
    Path log = resolve(store + ".log");
    Files.deleteIfExists(log);
    return Files.createFile(log, SECRET);
  }

  /** The password of all stores here. */
  String password() {
    return password;
  }

  /** Writes a file which only its owner may read, whole or not at all. */
  static void writeSecret(Path file, String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, SECRET);
    Files.writeString(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    release(directory, lock);
  }
}
