package io.livehall.config;

/** What a node does. Each role is one verticle, and a node may have any of them. */
public enum Role {
  API,
  CALLBACK,
  KEEPER,
  POLL,
  COUNTER,
  PUSH
}
