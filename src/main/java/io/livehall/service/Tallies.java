package io.livehall.service;

import java.io.Serializable;
import java.util.List;

/** Counters of rooms as they are now, told to every node: absolute, so a lost one does no harm. */
public record Tallies(List<RoomTally> rooms) implements Serializable {}
