package io.livehall.bus;

import io.livehall.bus.Addresses.Ask;
import io.livehall.bus.Addresses.Topic;
import io.livehall.domain.ErrorCode;
import io.livehall.domain.LiveException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How verticles speak to each other, with types. An ask is answered on this node where somebody
 * here can, and crosses the cluster only otherwise: a node that is well does not wait for one that
 * is not. An ask that times out may have happened.
 */
public final class LiveBus {
  private static final Logger LOG = LoggerFactory.getLogger(LiveBus.class);

  private final EventBus bus;
  private final DeliveryOptions here;
  private final DeliveryOptions anywhere;
  private final Set<String> answeredHere = ConcurrentHashMap.newKeySet();

  public LiveBus(Vertx vertx, Duration askTimeout) {
    this.bus = vertx.eventBus();
    bus.registerCodec(new RecordCodec());
    this.anywhere =
        new DeliveryOptions().setCodecName(RecordCodec.NAME).setSendTimeout(askTimeout.toMillis());
    this.here = new DeliveryOptions(anywhere).setLocalOnly(true);
  }

  public <Q extends Serializable, A extends Serializable> Future<A> ask(
      Ask<Q, A> address, Q question) {
    DeliveryOptions way = answeredHere.contains(address.name()) ? here : anywhere;
    return bus.<Reply>request(address.name(), question, way)
        .recover(trouble -> Future.failedFuture(translate(trouble)))
        .compose(message -> message.body().asFuture());
  }

  public <Q extends Serializable, A extends Serializable> Future<Void> answer(
      Ask<Q, A> address, Function<Q, Future<A>> answerer) {
    return bus.<Q>consumer(address.name(), message -> answer(message, answerer))
        .completion()
        .onSuccess(registered -> answeredHere.add(address.name()));
  }

  public <T extends Serializable> void tell(Topic<T> topic, T news) {
    bus.publish(topic.name(), news, anywhere);
  }

  /** Tells the listeners of this node only. */
  public <T extends Serializable> void tellHere(Topic<T> topic, T news) {
    bus.publish(topic.name(), news, here);
  }

  public <T extends Serializable> Future<Void> listen(Topic<T> topic, Consumer<T> listener) {
    return bus.<T>consumer(topic.name(), message -> listener.accept(message.body())).completion();
  }

  private static <Q, A extends Serializable> void answer(
      Message<Q> question, Function<Q, Future<A>> answerer) {
    Future<A> answer;
    try {
      answer = answerer.apply(question.body());
    } catch (RuntimeException trouble) {
      answer = Future.failedFuture(trouble);
    }
    answer.onComplete(
        value -> reply(question, new Reply.Good(value)),
        trouble -> reply(question, Reply.to(known(trouble, question.address()))));
  }

  private static void reply(Message<?> question, Reply reply) {
    question.reply(reply, new DeliveryOptions().setCodecName(RecordCodec.NAME));
  }

  private static LiveException known(Throwable trouble, String address) {
    if (trouble instanceof LiveException known) {
      return known;
    }
    LOG.error("ask={} failed", address, trouble);
    return new LiveException(ErrorCode.INTERNAL, "Something went wrong here.");
  }

  private static Throwable translate(Throwable trouble) {
    if (!(trouble instanceof ReplyException failed)) {
      return trouble;
    }
    return failed.failureType() == ReplyFailure.TIMEOUT
        ? new LiveException(
            ErrorCode.TIMEOUT, "No answer in time. It may have happened all the same.")
        : new LiveException(ErrorCode.UNAVAILABLE, "Nobody is there who could do that now.");
  }
}
