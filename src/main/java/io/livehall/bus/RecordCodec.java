package io.livehall.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Carries records between nodes. On one node they pass by reference, since they do not change.
 * Java's own serialisation of records matches components by name, so nodes of two versions
 * understand each other while a cluster is renewed; what may be read is limited to our own types
 * and the values that they are made of.
 */
final class RecordCodec implements MessageCodec<Serializable, Serializable> {
  static final String NAME = "record";

  private static final ObjectInputFilter ONLY_OURS =
      ObjectInputFilter.Config.createFilter(
          "maxbytes=16777216;maxdepth=32;maxrefs=1000000;maxarray=100000;"
              + "io.livehall.domain.*;io.livehall.service.**;io.livehall.bus.*;"
              + "java.time.*;java.util.*;java.lang.*;!*");

  @Override
  public void encodeToWire(Buffer buffer, Serializable message) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.appendInt(bytes.size()).appendBytes(bytes.toByteArray());
  }

  @Override
  public Serializable decodeFromWire(int position, Buffer buffer) {
    int start = position + Integer.BYTES;
    byte[] bytes = buffer.getBytes(start, start + buffer.getInt(position));
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(ONLY_OURS);
      return (Serializable) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Serializable transform(Serializable message) {
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
