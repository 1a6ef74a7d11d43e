package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run of a program to its end, at most for a while: its input is written and both outputs are
 * read at the same time, so that no pipe that fills up can stop it or us. Of our own environment it
 * sees nothing.
 */
final class ChildProcess {
  /** As much as the biggest document that is read; a ruleset of 20 000 rules has 4 MB. */
  private static final int MAX_OUTPUT_BYTES = 128 << 20;

  private static final int MAX_ERROR_BYTES = 1 << 16;
  private static final int LAST_WORDS_MILLIS = 2000;

  private final NetworkNamespace namespace;
  private final Duration timeLimit;

  ChildProcess(NetworkNamespace namespace, Duration timeLimit) {
    this.namespace = namespace;
    this.timeLimit = timeLimit;
  }

  NftAnswer run(List<String> command, String input) throws NftException {
    Process process = start(command, namespace);
    try {
      FutureTask<Void> written = task(() -> write(process.getOutputStream(), input));
      FutureTask<String> output = task(() -> read(process.getInputStream(), MAX_OUTPUT_BYTES));
      FutureTask<String> errors = task(() -> read(process.getErrorStream(), MAX_ERROR_BYTES));
      if (!process.waitFor(timeLimit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw timedOut(command);
      }
      await(written);
      return new NftAnswer(process.exitValue(), await(output), await(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NftException(
          NftException.Kind.TIMED_OUT, command.getFirst() + " was ended: we are to stop");
    } catch (TimeoutException e) {
      throw timedOut(command);
    } catch (ExecutionException e) {
      throw new NftException(NftException.Kind.UNPROVEN, command.getFirst() + ": " + e.getCause());
    } finally {
      end(process);
    }
  }

  static Process start(List<String> command, NetworkNamespace namespace) throws NftException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC"); // nft reads and prints times of day in it
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    try {
      return namespace.call(builder::start);
    } catch (IOException e) {
      throw new NftException(
          NftException.Kind.NO_PROGRAM,
          command.getFirst()
              + " cannot be started in the network namespace "
              + namespace
              + ": "
              + e.getMessage());
    }
  }

  private NftException timedOut(List<String> command) {
    return new NftException(
        NftException.Kind.TIMED_OUT,
        "%s did not end within %d ms and was killed"
            .formatted(command.getFirst(), timeLimit.toMillis()));
  }

  /** Ends what still runs; a program that ended well has left nothing to end. */
  private static void end(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    closeQuietly(process.getOutputStream());
    closeQuietly(process.getInputStream());
    closeQuietly(process.getErrorStream());
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      // the other end is gone, and with it what there was to tell
    }
  }

  private static <T> FutureTask<T> task(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("nft-pipe").start(task);
    return task;
  }

  /** What is left in a pipe of an ended program is there at once, unless others hold the pipe. */
  private static <T> T await(FutureTask<T> task)
      throws InterruptedException, ExecutionException, TimeoutException {
    return task.get(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Void write(OutputStream stream, String input) {
    try (stream) {
      stream.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it ended before it read everything: its exit status and its words tell more
    }
    return null;
  }

  private static String read(InputStream stream, int maxBytes) throws IOException {
    byte[] read = stream.readNBytes(maxBytes);
    if (read.length == maxBytes && stream.read() >= 0) {
      throw new IOException("printed more than " + maxBytes + " octets");
    }
    return new String(read, StandardCharsets.UTF_8);
  }
}
