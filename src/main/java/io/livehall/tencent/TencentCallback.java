package io.livehall.tencent;

import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.livehall.domain.RoomChange;
import io.livehall.domain.StreamName;
import io.livehall.service.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the cloud says in one callback, as far as it concerns us. Fields we do not know are passed
 * over.
 *
 * @param eventType 1 where a push began, 0 where one ended; others ask nothing of us
 * @param stream in lower case; empty where an event is about no stream
 */
public record TencentCallback(int eventType, String stream, Optional<RoomChange> change) {
  public static final int PUSH_ENDED = 0;
  public static final int PUSH_BEGAN = 1;

  private static final Pattern SEQUENCE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
  private static final Pattern STREAM = Pattern.compile("[!-~]{1,255}");
  private static final Pattern EVENT_TYPE = Pattern.compile("[0-9]{1,6}");

  /** Ten digits of a second: the years 2001 to 2286. A time in milliseconds has more. */
  private static final long SECOND_MIN = 1_000_000_000L;

  private static final long SECOND_MAX = 9_999_999_999L;

  /** No push is longer; what claims to be is not believed. */
  private static final long PUSH_MILLIS_MAX = Duration.ofDays(366).toMillis();

  /**
   * Understands a posted body. It does not prove it: that is {@link CallbackSignature}'s.
   *
   * @throws LiveException INVALID, which names the field
   */
  public static TencentCallback parse(@Nullable String body) {
    return of(CallbackFields.of(body));
  }

  /**
   * What a stored body asks of the keeper, if anything.
   *
   * @throws LiveException ROOM_NOT_FOUND if no room of ours can have such a stream
   */
  public static Optional<Order.Change> order(String body) {
    TencentCallback callback = parse(body);
    return callback
        .change()
        .map(
            change ->
                new Order.Change(new Order.Target.ByStream(ourStream(callback.stream())), change));
  }

  static TencentCallback of(CallbackFields fields) {
    int eventType = eventType(fields);
    return switch (eventType) {
      case PUSH_BEGAN -> new TencentCallback(eventType, pushed(fields), Optional.of(began(fields)));
      case PUSH_ENDED -> new TencentCallback(eventType, pushed(fields), Optional.of(ended(fields)));
      default -> new TencentCallback(eventType, stream(fields).orElse(""), Optional.empty());
    };
  }

  private static int eventType(CallbackFields fields) {
    String text = fields.requiredText("event_type");
    if (!EVENT_TYPE.matcher(text).matches()) {
      throw LiveException.invalid("event_type", "must be a whole number of at most six digits");
    }
    return Integer.parseInt(text);
  }

  private static String pushed(CallbackFields fields) {
    return stream(fields).orElseThrow(() -> LiveException.invalid("stream_id", "is missing"));
  }

  /** Moderation spells it {@code streamId}; old clients lower-case what they push to. */
  private static Optional<String> stream(CallbackFields fields) {
    String name = fields.text("stream_id").isPresent() ? "stream_id" : "streamId";
    Optional<String> text = fields.text(name);
    if (text.isPresent() && !STREAM.matcher(text.get()).matches()) {
      throw LiveException.invalid(name, "must have 1 to 255 printable ASCII characters");
    }
    return text.map(stream -> stream.toLowerCase(Locale.ROOT));
  }

  private static RoomChange began(CallbackFields fields) {
    return new RoomChange.PushBegan(sequence(fields), eventTime(fields));
  }

  private static RoomChange ended(CallbackFields fields) {
    Instant at = eventTime(fields);
    return new RoomChange.PushEnded(sequence(fields), at, beganAt(fields, at));
  }

  private static String sequence(CallbackFields fields) {
    String sequence = fields.requiredText("sequence");
    if (!SEQUENCE.matcher(sequence).matches()) {
      throw LiveException.invalid(
          "sequence", "must have 1 to 64 of the characters A-Z a-z 0-9 _ . : -");
    }
    return sequence;
  }

  private static Instant eventTime(CallbackFields fields) {
    long second = fields.requiredNumber("event_time");
    if (second < SECOND_MIN || second > SECOND_MAX) {
      throw LiveException.invalid("event_time", "must be in seconds of the epoch, ten digits");
    }
    return Instant.ofEpochSecond(second);
  }

  private static @Nullable Instant beganAt(CallbackFields fields, Instant endedAt) {
    return fields
        .number("push_duration")
        .filter(millis -> millis <= PUSH_MILLIS_MAX)
        .map(endedAt::minusMillis)
        .orElse(null);
  }

  private static StreamName ourStream(String stream) {
    if (!StreamName.isForm(stream)) {
      throw new LiveException(ErrorCode.ROOM_NOT_FOUND, "No room can have this stream.");
    }
    return new StreamName(stream);
  }
}
