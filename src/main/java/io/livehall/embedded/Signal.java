package io.livehall.embedded;

/** The signals that a store is ended with. */
enum Signal {
  INT,
  TERM,
  KILL
}
