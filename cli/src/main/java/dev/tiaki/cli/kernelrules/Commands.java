package dev.tiaki.cli.kernelrules;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.transport.NftAnswer;
import dev.tiaki.netfilter.nftables.transport.NftException;
import dev.tiaki.netfilter.nftables.transport.NftProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tools that speak to the kernel's packet filter, each as a child of its own; nft as the
 * netfilter library runs it. For one thread.
 */
public final class Commands {
  private static final long PATIENCE_SECONDS = 30;
  private static final String NFT = "nft";

  private final NetworkNamespace namespace;
  private final List<String> prefix;
  private @Nullable NftProgram nft;

  private Commands(NetworkNamespace namespace, List<String> prefix) {
    this.namespace = namespace;
    this.prefix = prefix;
  }

  /** In the network namespace of this process. */
  public static Commands here() {
    return new Commands(NetworkNamespace.own(), List.of());
  }

  /** In the network namespace that {@code ip netns add NAME} made. */
  public static Commands in(String namespace) {
    return new Commands(
        NetworkNamespace.named(namespace), List.of("ip", "netns", "exec", namespace));
  }

  /** Returns where they run. */
  NetworkNamespace namespace() {
    return namespace;
  }

  /**
   * How a command ended.
   *
   * @param status its exit status
   * @param output what it printed
   * @param errors what it complained about
   */
  record Result(int status, String output, String errors) {
    boolean isDone() {
      return status == 0;
    }

    /** Returns the first line of the complaint. */
    String complaint() {
      return errors.strip().lines().findFirst().orElse("exit status " + status);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @throws IOException when it cannot be started or does not end
   */
  Result run(String input, String... words) throws IOException {
    if (words[0].equals(NFT)) {
      NftAnswer answer = nft().run(namespace, List.of(words).subList(1, words.length), input);
      return new Result(answer.exitStatus(), answer.output(), answer.errors());
    }
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).start();
    try {
      CompletableFuture<String> errors =
          CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
      feed(process, input);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(String.join(" ", words) + ": does not end");
      }
      return new Result(process.exitValue(), output.join(), errors.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at " + String.join(" ", words), e);
    } finally {
      process.destroyForcibly();
    }
  }

  private NftProgram nft() throws NftException {
    NftProgram found = nft;
    if (found == null) {
      found = NftProgram.find();
      nft = found;
    }
    return found;
  }

  private static void feed(Process process, String input) throws IOException {
    try (var to = process.getOutputStream()) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
  }

  private static String text(InputStream stream) {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs a command that must succeed, and returns what it printed.
   *
   * @throws IOException when it fails; the message says which one and its complaint
   */
  String must(String input, String... words) throws IOException {
    Result result = run(input, words);
    if (!result.isDone()) {
      throw new IOException(words[0] + ": " + result.complaint());
    }
    return result.output();
  }

  /** Tells whether a command can be started. */
  boolean has(String command) {
    try {
      if (command.equals(NFT)) {
        return !nft().banner().isEmpty();
      }
      return run("", command, "--version").isDone();
    } catch (IOException e) {
      return false;
    }
  }
}
