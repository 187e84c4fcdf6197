package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Who may call an {@link HttpEndpoint}, and whether what is said is kept from others.
 *
 * @param tokens who may call
 * @param tls certificate and key; plain HTTP without
 */
public record HttpSecurity(Tokens tokens, Optional<SSLContext> tls) {
  /** Everybody, in the clear: for a loopback address. */
  public static final HttpSecurity NONE = new HttpSecurity(Tokens.NONE, Optional.empty());

  public HttpSecurity {
    requireNonNull(tokens, "tokens is null");
    requireNonNull(tls, "tls is null");
  }

  /**
   * Reads {@code tokens.*}, {@code allow-without-tokens}, {@code tls.keystore} and {@code
   * tls.keystore-password}.
   *
   * @param address that is to be bound; one that others can reach needs tokens, unless told so
   */
  static HttpSecurity from(SettingsReader reader, String address) {
    Tokens tokens = Tokens.from(reader);
    boolean open = reader.flag("allow-without-tokens", false);
    if (tokens.isEmpty() && !open && !isLoopback(address)) {
      reader.problem(
          "address",
          "a loopback address, or http.tokens.*, or http.allow-without-tokens=true",
          address);
    }
    return new HttpSecurity(tokens, tls(reader));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // binding will say that it is none
    }
  }

  private static Optional<SSLContext> tls(SettingsReader reader) {
    String file = reader.text("tls.keystore", "");
    String password = reader.secret("tls.keystore-password");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, password.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException e) {
      reader.problem(
          "tls.keystore",
          "a PKCS12 file with a key, and its password in tls.keystore-password",
          "%s (%s)".formatted(file, e.getClass().getSimpleName()));
      return Optional.empty();
    }
  }
}
