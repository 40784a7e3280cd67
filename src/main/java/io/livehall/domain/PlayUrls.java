package io.livehall.domain;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a stream is watched; {@code expiresAt} where the addresses are signed. */
public record PlayUrls(String rtmp, String flv, String hls, @Nullable Instant expiresAt)
    implements Serializable {}
