package io.livehall.protocol.rest;

import io.vertx.core.Future;

/** What one operation of the contract does. A refusal of its input may be thrown. */
interface Operation {
  Future<Answer> answer(Call call);
}
