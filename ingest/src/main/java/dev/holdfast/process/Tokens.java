package dev.holdfast.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call over HTTP, by bearer token (RFC 6750). Only the SHA-256 of each token is known here,
 * and it is compared in constant time. Tokens are long and random, not chosen by people, so that no
 * slow hash is needed.
 *
 * <p>Immutable.
 */
public final class Tokens {
  /** Nobody has to say who he is. */
  public static final Tokens NONE = new Tokens(List.of());

  private static final String SCHEME = "Bearer ";
  private static final String FORM = "sha256:64 hexadecimal digits, a space, roles with commas";

  private final List<Token> tokens;

  private record Token(Digest digest, Set<Role> roles) {}

  /** Bytes, as no record may hold them bare. */
  private static final class Digest {
    private final byte[] sha256;

    Digest(byte[] sha256) {
      this.sha256 = sha256;
    }

    boolean is(byte[] other) {
      return MessageDigest.isEqual(sha256, other);
    }
  }

  private Tokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /**
   * Reads every {@code tokens.NAME}: {@code sha256:HEX read,submit}. The name is for people.
   * Problems gather in the reader and never quote the value.
   */
  static Tokens from(SettingsReader reader) {
    List<Token> tokens = new ArrayList<>();
    for (Map.Entry<String, String> setting : reader.group("tokens").entrySet()) {
      Optional<Token> token = parse(setting.getValue().strip());
      if (token.isPresent()) {
        tokens.add(token.get());
      } else {
        reader.problem(
            "tokens." + setting.getKey(), FORM, setting.getValue().length() + " characters");
      }
    }
    return new Tokens(tokens);
  }

  private static Optional<Token> parse(String text) {
    String[] pieces = text.split(" +", 2);
    if (pieces.length != 2 || !pieces[0].matches("sha256:[0-9a-fA-F]{64}")) {
      return Optional.empty();
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : pieces[1].split(",", -1)) {
      Optional<Role> role =
          EnumSet.allOf(Role.class).stream()
              .filter(each -> each.text().equals(name.strip()))
              .findFirst();
      if (role.isEmpty()) {
        return Optional.empty();
      }
      roles.add(role.get());
    }
    byte[] digest = HexFormat.of().parseHex(pieces[0], "sha256:".length(), pieces[0].length());
    return Optional.of(new Token(new Digest(digest), roles));
  }

  /** Whether there are none, so that everybody may do everything. */
  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /**
   * What the bearer may do.
   *
   * @param authorization the header, if there was one
   * @return empty when it names no token that is known
   */
  Optional<Set<Role>> roles(Optional<String> authorization) {
    if (authorization.isEmpty()
        || !authorization.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] digest = sha256(authorization.get().substring(SCHEME.length()).strip());
    Set<Role> roles = EnumSet.noneOf(Role.class);
    boolean known = false;
    for (Token token : tokens) { // all of them, so that time tells nothing
      if (token.digest().is(digest)) {
        known = true;
        roles.addAll(token.roles());
      }
    }
    return known ? Optional.of(roles) : Optional.empty();
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
