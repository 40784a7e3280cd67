package io.livehall.protocol.rest;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomId;
import io.livehall.domain.StreamName;
import io.livehall.domain.UserId;
import io.livehall.protocol.Caller;
import io.livehall.protocol.Input;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One call of an operation, let in as the contract says. */
final class Call {
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,128}");

  /** A name or an address that can stand in a URL. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]");

  private final RoutingContext context;
  private final @Nullable Caller caller;
  private final Buffer body;

  /**
   * @param caller null where the contract lets anyone in
   */
  Call(RoutingContext context, @Nullable Caller caller, Buffer body) {
    this.context = context;
    this.caller = caller;
    this.body = body;
  }

  Caller caller() {
    if (caller == null) {
      throw new IllegalStateException("the contract asks for no token here");
    }
    return caller;
  }

  UserId user() {
    return caller().user();
  }

  /** The header as it came, where the contract does not look at it. */
  @Nullable String authorization() {
    return context.request().getHeader(HttpHeaders.AUTHORIZATION);
  }

  RoomId room() {
    return new RoomId(String.valueOf(context.pathParam("id")));
  }

  StreamName stream() {
    String name = String.valueOf(context.pathParam("stream"));
    if (!StreamName.isForm(name)) {
      throw LiveException.invalid("stream", "must have 1 to 80 of a-z 0-9 _");
    }
    return new StreamName(name);
  }

  Input input() {
    return Input.of(body);
  }

  Input optionalInput() {
    return Input.ofOptional(body);
  }

  Input patch() {
    return Input.ofPatch(body);
  }

  @Nullable String idempotencyKey() {
    List<String> keys = context.request().headers().getAll("Idempotency-Key");
    if (keys.isEmpty()) {
      return null;
    }
    if (keys.size() > 1 || !PRINTABLE.matcher(keys.get(0)).matches()) {
      throw LiveException.invalid(
          "Idempotency-Key", "must be one of 1 to 128 printable ASCII characters");
    }
    return keys.get(0);
  }

  String query() {
    String query = context.request().query();
    return query == null ? "" : query;
  }

  /** The name under which the caller reaches this server. */
  String hostName() {
    HostAndPort authority = context.request().authority();
    if (authority == null || !HOST.matcher(authority.host()).matches()) {
      throw new LiveException(ErrorCode.INVALID, "The header Host names no host.");
    }
    return authority.host();
  }
}
