package io.livehall;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port that leads to another one of this machine, and can be cut. */
final class Cable implements AutoCloseable {
  private final ServerSocket door;
  private final int to;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private volatile boolean isCut;

  Cable(int to) {
    this.to = to;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inBackground(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** What is connected breaks off, and nothing comes through any more. */
  void cut() {
    isCut = true;
    ends.forEach(Cable::close);
    ends.clear();
  }

  void mend() {
    isCut = false;
  }

  @Override
  public void close() {
    cut();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket here = door.accept();
        if (isCut) {
          close(here);
        } else {
          connect(here);
        }
      }
    } catch (IOException closed) {
      // The end of the test.
    }
  }

  private void connect(Socket here) {
    try {
      var there = new Socket(InetAddress.getLoopbackAddress(), to);
      ends.addAll(List.of(here, there));
      inBackground(() -> carry(here, there));
      inBackground(() -> carry(there, here));
    } catch (IOException nobodyThere) {
      close(here);
    }
  }

  private static void carry(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException cut) {
      // As cables do.
    }
  }

  private static void close(Socket end) {
    try {
      end.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void inBackground(Runnable work) {
    var thread = new Thread(work, "cable");
    thread.setDaemon(true);
    thread.start();
  }
}
