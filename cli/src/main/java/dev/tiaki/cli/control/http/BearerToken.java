package dev.tiaki.cli.control.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The secret that whoever asks over TCP must know. */
public final class BearerToken {
  private static final int MIN_CHARACTERS = 16;
  private static final String SCHEME = "Bearer ";

  private final byte[] secret;

  private BearerToken(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Reads a token from a file that holds nothing else.
   *
   * @throws IOException when it cannot be read, others may read it, or it is too short to be safe
   */
  public static BearerToken read(Path file) throws IOException {
    String text;
    Set<PosixFilePermission> permissions;
    try {
      text = Files.readString(file).strip();
      permissions = Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      throw new IOException(file + ": the token cannot be read", e);
    }
    if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
      throw new IOException(file + ": everybody may read the token; chmod 600 it");
    }
    if (text.length() < MIN_CHARACTERS || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new IOException(
          file + ": a token has at least " + MIN_CHARACTERS + " printable ASCII characters");
    }
    return new BearerToken(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Tells whether the header {@code Authorization} carries it; takes the same time either way. */
  boolean isIn(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] given =
        authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(secret, given);
  }
}
