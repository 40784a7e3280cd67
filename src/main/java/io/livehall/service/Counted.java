package io.livehall.service;

/** Hears what is worth counting: what it was, and how it went. */
@FunctionalInterface
public interface Counted {
  void count(String what, String result);
}
