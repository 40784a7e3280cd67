package io.livehall.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * {@code HallWalk BASE ROOMS FILE}: walks the list to its middle, as a client would, and prints the
 * path of the page there. The first page goes to the file. What would make the measurement
 * meaningless is an error: too few rooms, a short page, compressed bytes that are not the page.
 */
public final class HallWalk {
  private static final int STRIDE = 100;
  private static final int PAGE = 20;
  private static final Pattern NEXT = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");
  private static final Pattern TOTAL = Pattern.compile("\"total\":(\\d+)");
  private static final Pattern ROOM = Pattern.compile("\"state\":\"live\"");

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;

  private HallWalk(String base) {
    this.base = base;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rooms = Integer.parseInt(arguments[1]);
    HallWalk walk = new HallWalk(arguments[0]);
    String first = "/v1/rooms?limit=" + PAGE;
    byte[] page = walk.read(first, "identity").body();
    require(total(page) == rooms, "the list has " + total(page) + " rooms, not " + rooms);
    require(roomsOn(page) == PAGE, "the first page has " + roomsOn(page) + " rooms");
    walk.requireCompressed(first, page);
    Files.write(Path.of(arguments[2]), page);

    String middle = first + "&cursor=" + walk.cursorAfter(rooms / 2);
    byte[] there = walk.read(middle, "identity").body();
    require(roomsOn(there) == PAGE, "the page in the middle has " + roomsOn(there) + " rooms");
    System.out.println(page.length + " " + middle);
  }

  private String cursorAfter(int rooms) throws IOException, InterruptedException {
    String cursor = "";
    for (int seen = 0; seen < rooms; seen += STRIDE) {
      String at = cursor.isEmpty() ? "" : "&cursor=" + cursor;
      byte[] page = read("/v1/rooms?limit=" + STRIDE + at, "identity").body();
      require(roomsOn(page) == STRIDE, "a page of the walk has " + roomsOn(page) + " rooms");
      Matcher next = NEXT.matcher(text(page));
      require(next.find(), "a page of the walk has no next one");
      cursor = next.group(1);
    }
    return cursor;
  }

  private void requireCompressed(String path, byte[] page)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = read(path, "gzip");
    String encoding = answer.headers().firstValue("content-encoding").orElse("none");
    require(encoding.equals("gzip"), "asked for gzip, got " + encoding);
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      require(Arrays.equals(plain.readAllBytes(), page), "the compressed page is another one");
    }
  }

  private HttpResponse<byte[]> read(String path, String encoding)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Accept-Encoding", encoding)
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    require(answer.statusCode() == 200, path + " answered " + answer.statusCode());
    return answer;
  }

  private static int total(byte[] page) {
    Matcher total = TOTAL.matcher(text(page));
    require(total.find(), "a page without a total");
    return Integer.parseInt(total.group(1));
  }

  private static long roomsOn(byte[] page) {
    return ROOM.matcher(text(page)).results().count();
  }

  private static String text(byte[] page) {
    return new String(page, StandardCharsets.UTF_8);
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new IllegalStateException(otherwise);
    }
  }
}
