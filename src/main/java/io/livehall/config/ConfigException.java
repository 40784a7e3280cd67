package io.livehall.config;

/**
 * A start that must not happen. The message is one line: the key, what is wrong, and the remedy.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String key;
  private final String trouble;

  ConfigException(String key, String trouble) {
    this(key, "", trouble);
  }

  private ConfigException(String key, String origin, String trouble) {
    super(ConfigText.oneLine(key + origin + ": " + trouble), null, false, false);
    this.key = ConfigText.oneLine(key);
    this.trouble = trouble;
  }

  /** The path of the key, or the name of the argument or variable that is wrong. */
  public String key() {
    return key;
  }

  /** The same trouble, which also says where the value was written. */
  ConfigException from(String source) {
    return source.equals(key) ? this : new ConfigException(key, " (from " + source + ")", trouble);
  }
}
