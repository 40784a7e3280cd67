package io.livehall.protocol.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The pages, read once from {@code /web} on the class path. What is served is what is in this map:
 * no path of a request ever reaches a file system.
 */
final class WebFiles {
  static final String CONTRACT = "openapi.yaml";
  private static final String PUSH_CONTRACT = "/asyncapi";

  private static final Map<String, String> TYPE_BY_ENDING =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "json", "application/json",
          "yaml", "application/yaml; charset=utf-8");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; "
          + "img-src 'self' https: http: data:; connect-src 'self' ws: wss:; "
          + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private record WebFile(Buffer body, String type, String etag) {}

  private final Map<String, WebFile> fileByPath = new HashMap<>();

  static WebFiles load() {
    var files = new WebFiles();
    URL contract = WebFiles.class.getResource("/web/" + CONTRACT);
    if (contract == null) {
      throw new IllegalStateException("/web/" + CONTRACT + " is not on the class path");
    }
    try {
      URI at = contract.toURI();
      if (at.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(at, Map.of())) {
          files.read(jar.getPath("/web"));
        }
      } else {
        files.read(Path.of(at).resolveSibling("."));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    byte[] push = files.body(PUSH_CONTRACT + ".yaml").getBytes();
    files.add(PUSH_CONTRACT + ".json", Contract.json(push));
    files.alias("/", "/index.html");
    files.alias("/docs", "/docs.html");
    return files;
  }

  void add(String path, Buffer body) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    var crc = new CRC32();
    crc.update(body.getBytes());
    String etag = '"' + Long.toHexString(crc.getValue()) + '-' + body.length() + '"';
    String type = TYPE_BY_ENDING.getOrDefault(ending, "application/octet-stream");
    fileByPath.put(path, new WebFile(body, type, etag));
  }

  Buffer body(String path) {
    return file(path).body;
  }

  List<String> paths() {
    return List.copyOf(fileByPath.keySet());
  }

  void send(String path, HttpServerRequest request) {
    WebFile file = file(path);
    HttpServerResponse response = request.response();
    Headers.ofAnyAnswer(response);
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader(HttpHeaders.CACHE_CONTROL, Headers.NO_CACHE)
        .putHeader(HttpHeaders.ETAG, file.etag);
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && Headers.names(known, file.etag)) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type)
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(file.body.length()))
        .end(file.body);
  }

  private WebFile file(String path) {
    WebFile file = fileByPath.get(path);
    if (file == null) {
      throw new IllegalStateException("/web" + path + " is not on the class path");
    }
    return file;
  }

  private void read(Path dir) throws IOException {
    try (var found = Files.list(dir)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        add("/" + file.getFileName(), Buffer.buffer(Files.readAllBytes(file)));
      }
    }
  }

  private void alias(String path, String file) {
    WebFile known = fileByPath.get(file);
    if (known != null) {
      fileByPath.put(path, known);
    }
  }
}
