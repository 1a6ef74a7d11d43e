package dev.tiaki.netfilter.netlink;

import dev.tiaki.netfilter.libc.Libc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A network namespace: the process's own, or one that a file names.
 *
 * <p>A namespace belongs to a thread in Linux. Work in another namespace therefore runs on a thread
 * that is made for it and ends with it, so that no thread of the program is ever left elsewhere;
 * sockets opened there stay in their namespace wherever they are used.
 */
public final class NetworkNamespace {
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int O_CLOEXEC = 0x8_0000;
  private static final NetworkNamespace OWN = new NetworkNamespace(null, "");

  private final @Nullable Path file;
  private final String name;

  private NetworkNamespace(@Nullable Path file, String name) {
    this.file = file;
    this.name = name;
  }

  /** Returns the namespace of the calling process. */
  public static NetworkNamespace own() {
    return OWN;
  }

  /** Returns the namespace that {@code ip netns add NAME} made. */
  public static NetworkNamespace named(String name) {
    if (name.isEmpty() || name.contains("/")) {
      throw new IllegalArgumentException("name=" + name);
    }
    return new NetworkNamespace(Path.of("/run/netns", name), name);
  }

  /** Returns the namespace that {@code file} stands for, such as {@code /proc/PID/ns/net}. */
  public static NetworkNamespace at(Path file) {
    return new NetworkNamespace(file, file.toString());
  }

  /**
   * Returns the number by which the kernel tells this namespace from others while it exists.
   *
   * @throws IOException when the namespace is gone
   */
  public long number() throws IOException {
    Path asked = file == null ? Path.of("/proc/self/ns/net") : file;
    return ((Number) Files.getAttribute(asked, "unix:ino")).longValue();
  }

  /**
   * Runs {@code work} inside this namespace and waits for it.
   *
   * @throws IOException when the namespace cannot be entered, or what {@code work} throws
   */
  public <T> T call(Callable<T> work) throws IOException {
    if (file == null) {
      return callHere(work);
    }
    FutureTask<T> task =
        new FutureTask<>(() -> {
          enter(file);
          return work.call();
        });
    Thread thread = Thread.ofPlatform().name("netns-" + name).unstarted(task);
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw rethrown(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in network namespace " + this, e);
    }
  }

  private static <T> T callHere(Callable<T> work) throws IOException {
    try {
      return work.call();
    } catch (Exception e) {
      throw rethrown(e);
    }
  }

  private static IOException rethrown(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(cause);
    };
  }

  private void enter(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int descriptor = Libc.open(state, arena.allocateFrom(path.toString()), O_CLOEXEC);
      if (descriptor < 0) {
        throw new NetlinkException("network namespace " + name, -descriptor, null);
      }
      int result = Libc.setns(state, descriptor, CLONE_NEWNET);
      Libc.close(state, descriptor);
      if (result < 0) {
        throw new NetlinkException("entering network namespace " + name, -result, null);
      }
    }
  }

  /** Returns the name or file, or {@code own}. */
  @Override
  public String toString() {
    return file == null ? "own" : name;
  }
}
