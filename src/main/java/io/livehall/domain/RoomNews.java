package io.livehall.domain;

import java.io.Serializable;
import java.time.Instant;

/**
 * One entry of the log: what happened to a room, and the room as it was after it (without its
 * evidence).
 */
public record RoomNews(long seq, RoomEvent event, Instant at, Room room) implements Serializable {}
