package dev.tiaki.netfilter.nftables.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement that does something with the packet. */
public sealed interface Action extends Statement {
  /**
   * Changes the packet, its metadata or its connection.
   *
   * @param key what is changed
   * @param value what it becomes
   */
  record Mangle(Expression key, Expression value) implements Action {}

  /** Leaves the packet out of connection tracking. */
  record NoTrack() implements Action {}

  /**
   * Translates addresses.
   *
   * @param kind which way
   * @param family of the address, or null when the table has only one
   * @param address or null
   * @param port or null
   * @param flags how addresses and ports are chosen
   * @param typeFlags what the address stands for
   */
  record Nat(
      NatKind kind,
      @Nullable NftFamily family,
      @Nullable Expression address,
      @Nullable Expression port,
      List<NatFlag> flags,
      List<NatTypeFlag> typeFlags)
      implements Action {
    /** Copies the flags. */
    public Nat {
      flags = List.copyOf(flags);
      typeFlags = List.copyOf(typeFlags);
    }
  }

  /**
   * Refuses the packet with an answer.
   *
   * @param type or null: port unreachable
   * @param code the ICMP code, or null
   */
  record Reject(@Nullable RejectType type, @Nullable Expression code) implements Action {}

  /**
   * Writes a line to the kernel's log, or sends the packet to a log group.
   *
   * @param prefix of the line, 127 octets at most, or null
   * @param group 0 to 65535, or null
   * @param snapLength octets of the packet that are sent, or null
   * @param queueThreshold packets that are sent together, or null
   * @param level or null: {@link LogLevel#WARN}
   * @param flags what is told in addition
   */
  record Log(
      @Nullable String prefix,
      @Nullable Integer group,
      @Nullable Long snapLength,
      @Nullable Integer queueThreshold,
      @Nullable LogLevel level,
      List<LogFlag> flags)
      implements Action {
    /** Copies the flags. */
    public Log {
      flags = List.copyOf(flags);
    }
  }

  /**
   * Hands the packet to a program.
   *
   * @param number 0 to 65535, a range, or an expression; null is 0
   * @param flags options
   */
  record Queue(@Nullable Expression number, List<QueueFlag> flags) implements Action {
    /** Copies the flags. */
    public Queue {
      flags = List.copyOf(flags);
    }
  }

  /**
   * Sends the packet out of another device.
   *
   * @param device which
   * @param family of the address, or null
   * @param address the next hop, or null
   */
  record Forward(Expression device, @Nullable NftFamily family, @Nullable Expression address)
      implements Action {}

  /**
   * Sends a copy.
   *
   * @param address where to; in the netdev family the device
   * @param device through which, or null
   */
  record Duplicate(Expression address, @Nullable Expression device) implements Action {}

  /**
   * Changes elements of a set.
   *
   * @param operation how
   * @param element which, perhaps an {@link Composite.Element}
   * @param set the name, without {@code @}
   * @param statements the state each element has
   */
  record SetUpdate(
      SetOperation operation, Expression element, String set, List<Statement> statements)
      implements Action {
    /** Copies the statements. */
    public SetUpdate {
      statements = List.copyOf(statements);
    }
  }

  /**
   * Changes elements of a map; since nftables 1.0.9.
   *
   * @param operation how
   * @param element the key, perhaps an {@link Composite.Element}
   * @param data what the map holds for it
   * @param map the name, without {@code @}
   * @param statements the state each element has
   */
  record MapUpdate(
      SetOperation operation,
      Expression element,
      Expression data,
      String map,
      List<Statement> statements)
      implements Action {
    /** Copies the statements. */
    public MapUpdate {
      statements = List.copyOf(statements);
    }
  }

  /**
   * Applies a statement for each value of a key; the old form of {@link SetUpdate}.
   *
   * @param name of the meter
   * @param key by which
   * @param statement what is applied
   * @param size how many values at most, or null
   */
  record Meter(String name, Expression key, Statement statement, @Nullable Long size)
      implements Action {}

  /**
   * Lets a flow table carry the connection.
   *
   * @param flowtable its name, without {@code @}
   */
  record FlowOffload(String flowtable) implements Action {}

  /**
   * Hands the packet to a local socket without changing it.
   *
   * @param family of the address, or null
   * @param address or null
   * @param port or null
   */
  record TransparentProxy(
      @Nullable NftFamily family, @Nullable Expression address, @Nullable Expression port)
      implements Action {}

  /**
   * Answers connection attempts in place of the server.
   *
   * @param segmentSize or null
   * @param windowScale or null
   * @param flags TCP options offered
   */
  record SynProxy(
      @Nullable Integer segmentSize, @Nullable Integer windowScale, List<SynProxyFlag> flags)
      implements Action {
    /** Copies the flags. */
    public SynProxy {
      flags = List.copyOf(flags);
    }
  }

  /**
   * Overwrites a TCP option with nothing.
   *
   * @param option which
   */
  record ResetOption(Expression option) implements Action {}
}
