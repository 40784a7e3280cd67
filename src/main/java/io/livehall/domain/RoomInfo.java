package io.livehall.domain;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the host says of his room, and may change while it is open. */
public record RoomInfo(
    String title, @Nullable String coverUrl, @Nullable String location, List<String> tags)
    implements Serializable {
  public RoomInfo {
    tags = List.copyOf(tags);
  }

  /** A change of some fields; what is absent stays. */
  public record Patch(
      @Nullable String title,
      @Nullable String coverUrl,
      @Nullable String location,
      @Nullable List<String> tags)
      implements Serializable {
    RoomInfo over(RoomInfo old) {
      return new RoomInfo(
          title == null ? old.title : title,
          coverUrl == null ? old.coverUrl : coverUrl,
          location == null ? old.location : location,
          tags == null ? old.tags : tags);
    }
  }
}
