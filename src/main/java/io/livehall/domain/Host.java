package io.livehall.domain;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Who broadcasts, as his viewers see him. */
public record Host(UserId id, @Nullable String name, @Nullable String avatarUrl)
    implements Serializable {}
