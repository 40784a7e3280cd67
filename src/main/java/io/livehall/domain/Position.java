package io.livehall.domain;

import java.io.Serializable;

/** A place in the log: which log, and the number of the last entry seen. */
public record Position(String epoch, long seq) implements Serializable {}
