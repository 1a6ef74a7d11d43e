package dev.tiaki.netfilter.nftables.transport;

import dev.tiaki.netfilter.netlink.NetworkNamespace;
import dev.tiaki.netfilter.nftables.kernel.RulesetGeneration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Runs nft as a child process for each document, so that a document that nft dies of takes nobody
 * else along. May be used by several threads at a time.
 */
public final class NftProcess implements NftTransport {
  /** How long nft may take: 20 000 rules need 4 seconds. */
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(60);

  private final NftProgram program;
  private final NetworkNamespace namespace;
  private final ChildProcess child;

  private NftProcess(NftProgram program, NetworkNamespace namespace, Duration timeLimit) {
    this.program = program;
    this.namespace = namespace;
    this.child = new ChildProcess(namespace, timeLimit);
  }

  /** Returns the transport into the ruleset of a network namespace. */
  public static NftProcess of(NftProgram program, NetworkNamespace namespace) {
    return new NftProcess(program, namespace, DEFAULT_TIME_LIMIT);
  }

  /** Returns the same with another time limit. */
  public NftProcess withTimeLimit(Duration timeLimit) {
    return new NftProcess(program, namespace, timeLimit);
  }

  /** Returns the program that it runs. */
  public NftProgram program() {
    return program;
  }

  /** Returns where it runs it. */
  public NetworkNamespace namespace() {
    return namespace;
  }

  @Override
  public NftAnswer exchange(NftRequest request) throws NftException {
    List<String> command = new ArrayList<>(List.of(program.path().toString(), "-j", "-e"));
    if (request.isDryRun()) {
      command.add("-c");
    }
    if (request.isTerse()) {
      command.add("-t");
    }
    command.add("-f");
    command.add("-");
    return child.run(command, request.document());
  }

  @Override
  public OptionalLong generation() {
    try (RulesetGeneration generation = RulesetGeneration.open(namespace)) {
      return OptionalLong.of(generation.read());
    } catch (IOException e) {
      return OptionalLong.empty(); // who may not ask may not change either, and nft says so
    }
  }
}
