package io.livehall.service;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Whether this node is well. */
public interface Health {
  Future<Report> report();

  record Report(String node, String version, String mode, Instant startedAt, List<Check> checks) {
    public boolean isWell() {
      return checks.stream().allMatch(Check::well);
    }
  }

  record Check(String name, boolean well, String detail) {}
}
