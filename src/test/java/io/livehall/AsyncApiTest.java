package io.livehall;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.livehall.PushContract.From;
import io.livehall.domain.CloseReason;
import io.livehall.domain.ErrorCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The contract of the push protocol says nothing that is not so, as far as it can be told here. */
class AsyncApiTest {
  private static final Set<String> CLIENT_SAYS =
      Set.of("hello", "sub", "unsub", "watch", "enter", "leave", "like", "resync", "ping");
  private static final Set<String> SERVER_SAYS =
      Set.of(
          "welcome",
          "snap",
          "delta",
          "count",
          "mark",
          "room",
          "interrupted",
          "resumed",
          "changed",
          "joined",
          "left",
          "closed",
          "entered",
          "liked",
          "error",
          "goaway",
          "pong");

  private static final PushContract PUSH = PushContract.read();
  private static final JsonObject ROOT = PUSH.file().root();

  @Test
  void eachSideSaysItsMessagesAndNoOthers() {
    assertThat(names(From.CLIENT)).isEqualTo(CLIENT_SAYS);
    assertThat(names(From.SERVER)).isEqualTo(SERVER_SAYS);
    assertThat(PUSH.messages())
        .extracting(PushContract.Message::key)
        .containsExactlyInAnyOrderElementsOf(PUSH.keys())
        .containsExactlyInAnyOrderElementsOf(at("#/components/messages").fieldNames());
  }

  @Test
  void everyReferenceLeadsSomewhereAndStandsAlone() {
    assertThat(ROOT.getString("asyncapi")).isEqualTo("3.0.0");
    walk(
        ROOT,
        node -> {
          if (node.containsKey("$ref")) {
            assertThat(node.fieldNames()).as(node.encode()).containsExactly("$ref");
            assertThat(PUSH.file().resolved(node)).as(node.encode()).isNotNull();
          }
        });
  }

  @Test
  void everyMessageHasExamplesAsItsFieldsSay() {
    for (PushContract.Message message : PUSH.messages()) {
      assertThat(type(message)).isEqualTo(message.name());
      assertThat(message.examples()).as(message.key()).isNotEmpty();
      for (JsonObject example : message.examples()) {
        assertThat(ContractSchema.faults(PUSH.file(), message.payload(), example))
            .as(message.key() + " " + example)
            .isEmpty();
        assertThat(PUSH.faults(message.from(), example)).isEmpty();
      }
    }
  }

  @Test
  void everySchemaIsUsedAndItsExampleIsAsItSays() {
    String text = ROOT.encode();
    JsonObject schemas = at("#/components/schemas");
    for (String name : schemas.fieldNames()) {
      JsonObject schema = schemas.getJsonObject(name);
      assertThat(text).contains("\"#/components/schemas/" + name + '"');
      if (schema.containsKey("example")) {
        assertThat(ContractSchema.faults(PUSH.file(), schema, schema.getValue("example")))
            .as(name)
            .isEmpty();
      }
    }
  }

  @Test
  void theConversationCanBeFollowedByTheRules() {
    List<JsonObject> shown = new ArrayList<>();
    Map<String, Long> held = new HashMap<>();
    int marks = 0;
    for (PushContract.Line line : PUSH.conversation()) {
      JsonObject frame = line.frame();
      assertThat(PUSH.faults(line.from(), frame)).as(frame.encode()).isEmpty();
      String channel = frame.getString("ch");
      switch (frame.getString("t")) {
        case "snap" -> {
          shown = objects(frame.getJsonArray("rooms"));
          held.put(channel, frame.getLong("seq"));
        }
        case "delta" -> {
          assertThat(frame.getLong("prev")).isEqualTo(held.put(channel, frame.getLong("seq")));
          shown = applied(shown, frame);
        }
        case "mark" -> {
          assertThat(frame.getLong("seq")).isEqualTo(held.get(channel));
          assertThat(frame.getInteger("count")).isEqualTo(shown.size());
          assertThat(frame.getString("hash")).isEqualTo(crc(lines(shown)));
          marks++;
        }
        default -> {}
      }
    }
    assertThat(marks).isPositive();
  }

  @Test
  void theWorkedHashIsRight() {
    JsonObject mark = at("#/components/messages/mark");
    JsonObject worked = mark.getJsonObject("x-worked-hash");
    String text = worked.getString("text");

    assertThat(text).isEqualTo(lines(objects(worked.getJsonArray("rooms"))));
    assertThat(worked.getString("hash")).isEqualTo(crc(text));
    List<JsonObject> examples =
        PUSH.messages().stream()
            .filter(message -> message.key().equals("mark"))
            .findFirst()
            .orElseThrow()
            .examples();
    assertThat(examples.get(0).getString("hash")).isEqualTo(crc(text));
    JsonObject room = at("#/components/schemas/Room").getJsonObject("example");
    assertThat(examples.get(1).getString("hash")).isEqualTo(crc(lines(List.of(room))));
    assertThat(at("#/info").getString("description")).contains("`" + crc("") + "`");
  }

  @Test
  void aRoomIsTheSameInBothContracts() {
    ContractFile rest = ContractFile.read();
    for (String name : List.of("Room", "Summary")) {
      JsonObject reference = new JsonObject().put("$ref", "#/components/schemas/" + name);

      assertThat(whole(PUSH.file(), reference)).isEqualTo(whole(rest, reference));
    }
  }

  @Test
  void whatIsNamedIsWhatTheServerKnows() {
    JsonArray codes = property("error", "code").getJsonArray("enum");
    JsonArray reasons = property("closed", "reason").getJsonArray("enum");

    assertThat(codes).allSatisfy(code -> ErrorCode.valueOf((String) code));
    assertThat(reasons)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CloseReason.values()).map(Enum::name).toList());
    assertThat(PUSH.closeCodes())
        .containsExactlyInAnyOrder(4008, 4009, 4010, 4029, 4400, 4401, 4403);
  }

  private static Set<String> names(From from) {
    return PUSH.messages().stream()
        .filter(message -> message.from() == from)
        .map(PushContract.Message::name)
        .collect(Collectors.toSet());
  }

  private static String type(PushContract.Message message) {
    return message.payload().getJsonObject("properties").getJsonObject("t").getString("const");
  }

  private static JsonObject property(String message, String name) {
    return at("#/components/messages/" + message + "/payload/properties/" + name);
  }

  private static JsonObject at(String reference) {
    return PUSH.file().resolved(new JsonObject().put("$ref", reference));
  }

  /** As the contract tells a client to apply a delta. */
  private static List<JsonObject> applied(List<JsonObject> shown, JsonObject delta) {
    Map<String, JsonObject> byId = new LinkedHashMap<>();
    shown.forEach(room -> byId.put(room.getString("id"), room));
    for (JsonObject gone : objects(delta.getJsonArray("rm"))) {
      assertThat(byId.remove(gone.getString("id"))).as("shown before").isNotNull();
    }
    objects(delta.getJsonArray("up")).forEach(room -> byId.put(room.getString("id"), room));
    JsonArray order = delta.getJsonArray("order");
    if (order == null) {
      return List.copyOf(byId.values());
    }
    assertThat(order).containsExactlyInAnyOrderElementsOf(byId.keySet());
    return order.stream().map(byId::get).toList();
  }

  private static String lines(List<JsonObject> rooms) {
    return rooms.stream()
        .map(room -> room.getString("id") + ':' + room.getLong("version") + '\n')
        .collect(Collectors.joining());
  }

  private static String crc(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(US_ASCII));
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  private static void walk(Object node, Consumer<JsonObject> visit) {
    if (node instanceof JsonObject object) {
      visit.accept(object);
      object.fieldNames().forEach(name -> walk(object.getValue(name), visit));
    } else if (node instanceof JsonArray array) {
      array.forEach(item -> walk(item, visit));
    }
  }

  /** With what stands behind each reference in its place. */
  private static Object whole(ContractFile file, Object node) {
    if (node instanceof JsonObject written) {
      var whole = new JsonObject();
      JsonObject object = file.resolved(written);
      object.fieldNames().forEach(name -> whole.put(name, whole(file, object.getValue(name))));
      return whole;
    }
    if (node instanceof JsonArray array) {
      return new JsonArray(array.stream().map(item -> whole(file, item)).toList());
    }
    return node;
  }
}
