package dev.holdfast.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Free ports of the loopback interface. They lie below those that systems give to connections, so
 * that a broker which is killed finds its port free when it comes back.
 */
final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  private int next;

  /**
   * @param salt where to begin to look; two runs at once should have different ones
   */
  Ports(long salt) {
    next = Math.floorMod(salt * 97, COUNT);
  }

  /** One that nobody listens to, and that is given out once. */
  int free() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + next;
      next = (next + 1) % COUNT;
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException e) {
        // Somebody listens there: the next one.
      }
    }
    throw new IllegalStateException(
        "expected a free port from %d to %d, found none".formatted(FIRST, FIRST + COUNT - 1));
  }
}
