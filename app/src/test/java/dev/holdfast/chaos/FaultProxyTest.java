package dev.holdfast.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int MOMENT_MILLIS = 200;

  private ServerSocket server;
  private FaultProxy proxy;
  private Socket client;
  private Socket served;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    int port = new Ports(ProcessHandle.current().pid()).free();
    proxy = new FaultProxy(port, server.getLocalPort());
    client = new Socket(InetAddress.getLoopbackAddress(), port);
    served = server.accept();
    client.setSoTimeout(PATIENCE_MILLIS);
    served.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    served.close();
    proxy.close();
    server.close();
  }

  @Test
  void itPassesBothWaysOn() throws IOException {
    client.getOutputStream().write(7);
    assertThat(served.getInputStream().read()).isEqualTo(7);

    served.getOutputStream().write(8);
    assertThat(client.getInputStream().read()).isEqualTo(8);
  }

  @Test
  void aDelayHoldsBack() throws IOException {
    proxy.delay(Duration.ofMillis(MOMENT_MILLIS));
    long start = System.nanoTime();
    client.getOutputStream().write(7);

    assertThat(served.getInputStream().read()).isEqualTo(7);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(MOMENT_MILLIS));
  }

  @Test
  void aBlackHoleTakesEverythingUntilItIsHealed() throws IOException {
    proxy.blackHole();
    client.getOutputStream().write(7);
    served.setSoTimeout(MOMENT_MILLIS);
    assertThatThrownBy(() -> served.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    served.setSoTimeout(PATIENCE_MILLIS);
    proxy.heal();
    assertThat(served.getInputStream().read()).isEqualTo(7);
  }

  @Test
  void aResetBreaksBothSides() {
    proxy.reset();

    assertThatThrownBy(
            () -> {
              if (client.getInputStream().read() < 0) {
                throw new IOException("closed");
              }
            })
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> {
              if (served.getInputStream().read() < 0) {
                throw new IOException("closed");
              }
            })
        .isInstanceOf(IOException.class);
  }
}
