package io.livehall.config;

/** What a record says of its own component; the binder, which knows the path, completes it. */
final class BadValue extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String component;
  private final String trouble;

  BadValue(String component, String trouble) {
    super(component + ": " + trouble);
    this.component = component;
    this.trouble = trouble;
  }

  ConfigException under(String path) {
    return new ConfigException(path.isEmpty() ? component : path + "." + component, trouble);
  }
}
