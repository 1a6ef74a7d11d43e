package dev.tiaki.traffic.shared;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder {@code shared} that stands beside the checkout, or where {@code TIAKI_SHARED} says.
 *
 * <p>A test that needs it skips with a message where it is missing; under {@code CI} it fails
 * instead, so that nothing is left out silently.
 */
public final class SharedMaterial {
  private SharedMaterial() {}

  /** Returns {@code name} in the shared folder; skips the calling test when there is none. */
  public static Path orSkip(String name) {
    Path wanted = folder().resolve(name);
    boolean there = Files.exists(wanted);
    if (!there && System.getenv("CI") != null) {
      throw new AssertionError("missing " + wanted + ": set TIAKI_SHARED to the shared folder");
    }
    Assumptions.assumeTrue(there, () -> "skipped, missing " + wanted + ": set TIAKI_SHARED");
    return wanted;
  }

  private static Path folder() {
    @Nullable String place = System.getenv("TIAKI_SHARED");
    if (place != null && !place.isEmpty()) {
      return Path.of(place);
    }
    return Path.of(System.getProperty("tiaki.root", ".."))
        .resolve("..")
        .resolve("shared")
        .normalize();
  }
}
