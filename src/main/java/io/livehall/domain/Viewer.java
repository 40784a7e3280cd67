package io.livehall.domain;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Who watches, as the others see him. */
public record Viewer(UserId id, @Nullable String name, @Nullable String avatarUrl)
    implements Serializable {}
