package io.livehall.service;

/** Hears what is worth counting: what it was, how it went, and how often. */
@FunctionalInterface
public interface Counted {
  void count(String what, String result, long times);

  default void count(String what, String result) {
    count(what, result, 1);
  }
}
