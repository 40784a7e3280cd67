package io.livehall.protocol.rest;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request to a {@link RestStage}. */
final class RestAsk {
  private final HttpClient client;
  private final String method;
  private final HttpRequest.Builder request;
  private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

  RestAsk(HttpClient client, String method, URI at) {
    this.client = client;
    this.method = method;
    this.request = HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(10));
  }

  RestAsk by(String token) {
    return with("Authorization", "Bearer " + token);
  }

  RestAsk with(String name, String value) {
    request.header(name, value);
    return this;
  }

  RestAsk json(JsonObject json) {
    return body("application/json", json.encode().getBytes(StandardCharsets.UTF_8));
  }

  RestAsk body(String type, byte[] bytes) {
    body = BodyPublishers.ofByteArray(bytes);
    return with("Content-Type", type);
  }

  /** Sent in chunks, so that nobody is told its length before. */
  RestAsk chunked(byte[] bytes) {
    body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    return with("Content-Type", "application/json");
  }

  HttpResponse<byte[]> send() {
    try {
      return client.send(request.method(method, body).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JSON of an answer that has to have that status. */
  JsonObject send(int status) {
    HttpResponse<byte[]> response = send();
    String text = new String(response.body(), StandardCharsets.UTF_8);
    if (response.statusCode() != status) {
      throw new AssertionError(
          method + " " + response.uri() + ": " + response.statusCode() + " " + text);
    }
    return text.isEmpty() ? new JsonObject() : new JsonObject(text);
  }

  /** The code of a refusal, which has to have the form of one. */
  String refusal() {
    HttpResponse<byte[]> response = send();
    String text = new String(response.body(), StandardCharsets.UTF_8);
    JsonObject problem = new JsonObject(text.isEmpty() ? "{}" : text);
    String type = response.headers().firstValue("content-type").orElse("");
    boolean isProblem =
        type.equals("application/problem+json")
            && problem.getInteger("status", 0) == response.statusCode()
            && !problem.getString("title", "").isEmpty()
            && !problem.getString("detail", "").isEmpty();
    if (!isProblem) {
      throw new AssertionError(
          method + " " + response.uri() + ": " + response.statusCode() + " " + type + " " + text);
    }
    return response.statusCode() + " " + problem.getString("code");
  }
}
