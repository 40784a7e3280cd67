package io.livehall.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The built-in accounts, and those that exist from the first start on. */
public record AccountsConfig(boolean enabled, List<Bootstrap> bootstrap, int signInsPerMinute) {

  public AccountsConfig {
    Set<String> seen = new HashSet<>();
    for (Bootstrap account : bootstrap) {
      if (!seen.add(account.userId())) {
        throw new BadValue(
            "bootstrap",
            ConfigText.quoted(account.userId()) + " is there twice; name each user id once");
      }
    }
    bootstrap = List.copyOf(bootstrap);
    Check.within("signInsPerMinute", signInsPerMinute, 1, 100_000);
  }

  /** What an account may do. */
  public enum AccountRole {
    USER,
    MODERATOR,
    ADMIN
  }

  /** One account for the first start. */
  public record Bootstrap(String userId, AccountRole role, Secret password) {
    private static final Pattern USER_ID = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

    public Bootstrap {
      Check.matches("userId", userId, USER_ID, "1 to 64 of the characters A-Z a-z 0-9 _ - . @");
      Check.longEnough("password", password, 8);
    }
  }
}
