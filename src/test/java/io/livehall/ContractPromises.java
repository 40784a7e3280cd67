package io.livehall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/** Holds answers against the contract, and remembers which of its promises were kept. */
final class ContractPromises {
  private final ContractFile contract;
  private final Set<String> seen = new TreeSet<>();

  ContractPromises(ContractFile contract) {
    this.contract = contract;
  }

  /** Operations with the statuses that they were seen to answer. */
  Set<String> seen() {
    return seen;
  }

  /** The answer's JSON, once it was held against the contract; empty where there is none. */
  JsonObject kept(ContractFile.Operation operation, int status, App.Reply reply) {
    String what = operation.id() + " " + reply.status() + " " + reply.body();
    assertThat(reply.status()).as(what).isEqualTo(status);
    JsonObject promise = contract.response(operation, status);
    assertThat(promise).as(what + " is promised").isNotNull();
    seen.add(operation.id() + " " + status);
    promise
        .getJsonObject("headers", new JsonObject())
        .forEach(header -> assertThat(reply.headers().firstValue(header.getKey())).isPresent());
    JsonObject content = promise.getJsonObject("content");
    if (content == null) {
      assertThat(reply.body()).as(what).isEmpty();
      return new JsonObject();
    }
    String type = reply.headers().firstValue("Content-Type").orElseThrow().split(";", -1)[0];
    assertThat(content.fieldNames()).as(what).containsExactly(type);
    JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
    assertThat(ContractSchema.faults(contract, schema, reply.json())).as(what).isEmpty();
    return reply.json();
  }
}
