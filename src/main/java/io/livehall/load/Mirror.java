package io.livehall.load;

/**
 * A client's model of one channel: gets every frame of its socket in turn, shows what they say, and
 * says what is wrong with them. Pure. Belongs to one thread.
 */
public sealed interface Mirror permits ListMirror, RoomMirror {
  String channel();

  /**
   * A frame of another channel is ignored. Where the verdict asks for it, the client sends {@code
   * resync}; until that is answered, deltas are ignored.
   */
  Step apply(Frame frame);
}
