package io.livehall.service;

import io.livehall.domain.RoomId;
import java.io.Serializable;

/** The counters of one room as the list shows them. */
public record RoomTally(RoomId room, long viewers, long likes) implements Serializable {}
