package io.livehall.service;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each may do what those before it may. */
public enum Role {
  USER,
  MODERATOR,
  ADMIN;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** As it stands in tokens and in the store. */
  public String text() {
    return text;
  }

  public static Optional<Role> of(String text) {
    for (Role role : values()) {
      if (role.text.equals(text)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  public boolean moderates() {
    return this != USER;
  }
}
