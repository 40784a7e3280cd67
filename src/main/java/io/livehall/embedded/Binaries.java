package io.livehall.embedded;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the stores, taken from the class path into a directory whose name tells the
 * content. They appear there whole or not at all, also when several processes do it at once.
 */
final class Binaries {
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  private final Path directory;

  Binaries(Path directory) {
    this.directory = directory;
  }

  /** The directory of the programs, made when it is not there. */
  Path directory() throws IOException {
    return openDirectory(directory);
  }

  /** The directory that holds PostgreSQL's {@code bin}, {@code lib} and {@code share}. */
  Path postgres() throws IOException {
    return extracted(
        "postgres",
        platform("/postgres-linux-x86_64.txz", "/postgres-linux-arm_64.txz"),
        Binaries::untar);
  }

  /** The directory that holds {@code redis-server}. */
  Path redis() throws IOException {
    return extracted(
        "redis",
        platform("/redis-server-7.0.15-linux-amd64", "/redis-server-7.0.15-linux-arm64"),
        (in, to) -> write(in, to.resolve("redis-server"), true));
  }

  private static String platform(String amd64, String arm64) throws IOException {
    String system = System.getProperty("os.name", "");
    String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (system.equals("Linux")) {
      if (machine.equals("amd64") || machine.equals("x86_64")) return amd64;
      if (machine.equals("aarch64") || machine.equals("arm64")) return arm64;
    }
    throw new IOException(
        "no embedded PostgreSQL and Redis for "
            + system
            + " "
            + machine
            + ": set postgres.uri and redis.uri");
  }

  private Path extracted(String name, String resource, Unpacking unpacking) throws IOException {
    URL url = Binaries.class.getResource(resource);
    if (url == null) throw new FileNotFoundException(resource + " is not on the class path");
    Path target = directory.resolve(name + "-" + fingerprint(url));
    if (Files.isDirectory(target)) return target;

    openDirectory(directory);
    removeAbandoned();
    Path fresh = freshDirectory();
    try (InputStream in = new BufferedInputStream(url.openStream(), 1 << 16)) {
      unpacking.unpack(in, fresh);
    }
    try {
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Trees.delete(fresh);
      // Another process was faster, and what it made is as good.
      if (!Files.isDirectory(target)) throw e;
    }
    return target;
  }

  /** The jar knows length and checksum already; nothing needs to be read. */
  private static String fingerprint(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    long length = connection.getContentLengthLong();
    long checksum = connection instanceof JarURLConnection jar ? jar.getJarEntry().getCrc() : 0;
    return Long.toHexString(length) + "-" + Long.toHexString(checksum);
  }

  /**
   * Of its own for each unpacking, and named after the process, so that what a dead one left is
   * known.
   */
  private Path freshDirectory() throws IOException {
    Path fresh =
        Files.createTempDirectory(directory, ".unpacking-" + ProcessHandle.current().pid() + "-");
    return Files.setPosixFilePermissions(fresh, OPEN);
  }

  private void removeAbandoned() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String[] parts = entry.getFileName().toString().split("-", -1);
        if (parts[0].equals(".unpacking") && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty())
          Trees.delete(entry);
      }
    }
  }

  private static void untar(InputStream in, Path to) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = to.resolve(entry.getName()).normalize();
        if (!path.startsWith(to))
          throw new IOException("the archive reaches outside its directory: " + entry.getName());
        if (entry.isDirectory()) {
          openDirectory(path);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          makeParent(path);
          write(tar, path, (entry.getMode() & 0100) != 0);
        }
      }
    }
  }

  private static void write(InputStream in, Path path, boolean executable) throws IOException {
    Files.copy(in, path);
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** The stores run as another user than root; a strict umask must not shut them out. */
  private static Path openDirectory(Path path) throws IOException {
    if (Files.isDirectory(path)) return path;
    makeParent(path);
    Files.createDirectories(path);
    return Files.setPosixFilePermissions(path, OPEN);
  }

  private static void makeParent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null) openDirectory(parent);
  }

  /** A way to make a directory's content from an archive. */
  private interface Unpacking {
    void unpack(InputStream in, Path to) throws IOException;
  }
}
