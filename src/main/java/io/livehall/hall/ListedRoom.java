package io.livehall.hall;

import io.livehall.domain.RoomId;
import java.util.List;

/**
 * A live room as the list shows it.
 *
 * @param liveAt when it went live, in milliseconds of the epoch: its place among the newest
 * @param heat its place among the hot
 * @param viewers who watch it, as last counted; like the heat and the likes it changes without
 *     another version
 * @param json the room as it is sent, encoded once; never changed after
 */
@SuppressWarnings(
    "ArrayRecordComponent") // shared on purpose: a page is a concatenation of these bytes
public record ListedRoom(
    RoomId id,
    long version,
    long liveAt,
    long heat,
    long viewers,
    long likes,
    List<String> tags,
    byte[] json)
    implements Ranked {}
