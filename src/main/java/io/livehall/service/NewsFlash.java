package io.livehall.service;

import io.livehall.domain.RoomNews;
import java.io.Serializable;
import java.util.List;

/** New entries of the log, in order and without a gap, told to every node as they are committed. */
public record NewsFlash(String epoch, List<RoomNews> news) implements Serializable {}
