package io.livehall.load;

/** How somebody proves who he is. */
interface Pass {
  String token();

  /** The server says that the token is over. Blocks. */
  default void renew() {}
}
