package io.livehall.protocol.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides about REST.
 *
 * @param pageCacheMax how many ready pages of the list each event loop keeps
 * @param hasAccounts whether there are built-in accounts
 */
public record RestSettings(
    int bodyBytesMax,
    int pageCacheMax,
    boolean isViewingAnonymous,
    boolean hasAccounts,
    ForApps forApps) {

  /**
   * What an app needs to know.
   *
   * @param pushUrl null where clients reach the push port under the name they use for this one
   */
  public record ForApps(
      @Nullable String pushUrl, int pushPort, Duration heartbeatEvery, int pageSize) {

    String pushUrl(Call call) {
      return pushUrl == null ? "ws://" + call.hostName() + ":" + pushPort + "/v1/live" : pushUrl;
    }

    /** Whole seconds, and never none. */
    long heartbeatSeconds() {
      return Math.max(1, heartbeatEvery.toSeconds());
    }
  }
}
