package dev.holdfast.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes TCP connections of the loopback interface on, and can do to them what networks do: delay
 * what is sent, reset all connections, or take everything and pass nothing on.
 *
 * <p>Thread-safe.
 */
final class FaultProxy implements AutoCloseable {
  private static final int BUFFER = 64 << 10;
  private static final int BACKLOG = 50;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private long delayMillis;
  private boolean shut;

  /**
   * Listens from now on.
   *
   * @param port to listen to
   * @param target port of the loopback interface to pass everything on to; nobody need listen there
   */
  FaultProxy(int port, int target) throws IOException {
    this.target = target;
    server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      Socket client = null;
      try {
        client = server.accept();
        Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
        connect(client, broker);
      } catch (IOException e) {
        // Nobody listens at the target, or this proxy is closed: the client sees a broken
        // connection, as it would without a proxy.
        reset(client);
      }
    }
  }

  private void connect(Socket client, Socket broker) throws IOException {
    open.add(client);
    open.add(broker);
    client.setTcpNoDelay(true);
    broker.setTcpNoDelay(true);
    start(() -> pass(client, broker));
    start(() -> pass(broker, client));
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hold();
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One side has gone; so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      reset(to);
    }
  }

  private void hold() throws InterruptedException {
    synchronized (gate) {
      if (delayMillis > 0) {
        long end = System.nanoTime() + delayMillis * 1_000_000;
        for (long left = delayMillis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
          gate.wait(left);
        }
      }
      while (shut) {
        gate.wait();
      }
    }
  }

  /** Delays everything that is sent from now on. */
  void delay(Duration by) {
    synchronized (gate) {
      delayMillis = by.toMillis();
    }
  }

  /** Takes everything and passes nothing on. */
  void blackHole() {
    synchronized (gate) {
      shut = true;
    }
  }

  /** Ends every connection, so that both sides see it; new ones are taken. */
  void reset() {
    open.forEach(this::reset);
  }

  /** Passes everything on again; what a black hole has held comes late. */
  void heal() {
    synchronized (gate) {
      delayMillis = 0;
      shut = false;
      gate.notifyAll();
    }
  }

  private void reset(Socket socket) {
    if (socket == null) {
      return;
    }
    open.remove(socket);
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    reset();
    heal();
  }
}
