package io.livehall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code asyncapi.yaml} says of the push protocol: the tests hold every frame against it. */
final class PushContract {
  private final ContractFile file;
  private final JsonObject channel;
  private final List<Message> messages;

  /** Who says a frame. */
  enum From {
    CLIENT,
    SERVER
  }

  /** One message, as the contract has it. Two may have one name, and differ in their fields. */
  record Message(String key, From from, JsonObject text) {
    String name() {
      return text.getString("name");
    }

    JsonObject payload() {
      return text.getJsonObject("payload");
    }

    List<JsonObject> examples() {
      return objects(text, "examples").map(one -> one.getJsonObject("payload")).toList();
    }
  }

  /** A frame of the conversation that the contract shows. */
  record Line(From from, JsonObject frame) {}

  private PushContract(ContractFile file) {
    this.file = file;
    this.channel = at("#/channels/live");
    Set<String> asked = saidBy("receive");
    Set<String> told = saidBy("send");
    objects(operations()).forEach(one -> told.addAll(keys(one.getJsonObject("reply"), "messages")));
    JsonObject known = channel.getJsonObject("messages");
    this.messages =
        Stream.concat(
                asked.stream().map(key -> message(From.CLIENT, key, known)),
                told.stream().map(key -> message(From.SERVER, key, known)))
            .toList();
  }

  static PushContract read() {
    return new PushContract(ContractFile.read("asyncapi.yaml"));
  }

  ContractFile file() {
    return file;
  }

  List<Message> messages() {
    return messages;
  }

  /** Those that the channel has, whether somebody says them or not. */
  Set<String> keys() {
    return channel.getJsonObject("messages").fieldNames();
  }

  List<Line> conversation() {
    return objects(channel, "x-conversation")
        .map(
            line ->
                new Line(
                    From.valueOf(line.getString("from").toUpperCase()),
                    line.getJsonObject("frame")))
        .toList();
  }

  Set<Integer> closeCodes() {
    return objects(channel, "x-close-codes")
        .map(line -> line.getInteger("code"))
        .collect(Collectors.toSet());
  }

  /** What in a frame is against the contract; nothing if it is good. */
  List<String> faults(From from, JsonObject frame) {
    Object name = frame.getValue("t");
    return messages.stream()
        .filter(message -> message.from() == from && message.name().equals(name))
        // Of messages with one name, the one whose fixed words the frame has was meant.
        .min(Comparator.comparingLong(message -> otherWords(message, frame)))
        .map(message -> ContractSchema.faults(file, message.payload(), frame))
        .orElseGet(() -> List.of(".t: " + name + " is no message of the " + from));
  }

  private static long otherWords(Message message, JsonObject frame) {
    JsonObject fields = message.payload().getJsonObject("properties");
    return fields.fieldNames().stream()
        .filter(name -> fields.getJsonObject(name).containsKey("const"))
        .filter(name -> !fields.getJsonObject(name).getValue("const").equals(frame.getValue(name)))
        .count();
  }

  private Message message(From from, String key, JsonObject known) {
    return new Message(key, from, file.resolved(known.getJsonObject(key)));
  }

  private Set<String> saidBy(String action) {
    Set<String> keys = new LinkedHashSet<>();
    objects(operations())
        .filter(operation -> operation.getString("action").equals(action))
        .forEach(operation -> keys.addAll(keys(operation, "messages")));
    return keys;
  }

  private JsonObject operations() {
    return at("#/operations");
  }

  private JsonObject at(String reference) {
    return file.resolved(new JsonObject().put("$ref", reference));
  }

  /** The keys of the messages to which a list of references leads. */
  private static List<String> keys(JsonObject holder, String list) {
    List<String> keys = new ArrayList<>();
    if (holder != null) {
      objects(holder, list)
          .map(node -> node.getString("$ref"))
          .forEach(reference -> keys.add(reference.substring(reference.lastIndexOf('/') + 1)));
    }
    return keys;
  }

  private static Stream<JsonObject> objects(JsonObject holder) {
    return holder.fieldNames().stream().map(holder::getJsonObject);
  }

  private static Stream<JsonObject> objects(JsonObject holder, String list) {
    return holder.getJsonArray(list, new JsonArray()).stream().map(JsonObject.class::cast);
  }
}
