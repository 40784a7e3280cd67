package io.livehall.protocol.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.livehall.protocol.rest.Contract.Access;
import io.livehall.protocol.rest.Contract.Body;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractTest {
  private static final Contract CONTRACT =
      Contract.parse(
          """
          paths:
            /v1/rooms:
              get:
                operationId: listRooms
                security: [{}, {bearer: []}]
            /v1/rooms/{id}:
              parameters: [{name: id}]
              patch:
                operationId: editRoom
                requestBody: {required: true}
              post:
                operationId: open
                requestBody: {}
                security: []
                tags: [development]
          security: [{bearer: []}]
          """
              .getBytes(UTF_8));

  @Test
  void operationsAreReadWithWhoMayCallAndWhatHeMaySay() {
    assertThat(CONTRACT.promises())
        .containsExactlyInAnyOrder(
            new Contract.Promise(
                "listRooms", HttpMethod.GET, "/v1/rooms", Access.VIEWER, Body.NONE, false),
            new Contract.Promise(
                "editRoom", HttpMethod.PATCH, "/v1/rooms/{id}", Access.TOKEN, Body.REQUIRED, false),
            new Contract.Promise(
                "open", HttpMethod.POST, "/v1/rooms/{id}", Access.OPEN, Body.OPTIONAL, true));
  }

  @Test
  void handlerThatIsNotInTheContractStopsTheStart() {
    assertThatThrownBy(
            () -> RestApi.requireSame(CONTRACT.promises(), Set.of("editRoom", "open", "more")))
        .hasMessageContaining("not in the contract [more]");
  }

  @Test
  void operationWithoutHandlerStopsTheStart() {
    assertThatThrownBy(() -> RestApi.requireSame(CONTRACT.promises(), Set.of("editRoom")))
        .hasMessageContaining("without handler [open]");
  }
}
