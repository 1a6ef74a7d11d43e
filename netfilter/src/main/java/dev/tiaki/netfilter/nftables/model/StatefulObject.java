package dev.tiaki.netfilter.nftables.model;

import dev.tiaki.netfilter.nftables.rule.LimitPeriod;
import dev.tiaki.netfilter.nftables.rule.LimitUnit;
import dev.tiaki.netfilter.nftables.rule.NftFamily;
import dev.tiaki.netfilter.nftables.rule.SynProxyFlag;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object with a name that rules use: a counter, a quota, a helper and the like. */
public sealed interface StatefulObject extends TableMember {
  /** Returns the comment, or null. */
  @Nullable String comment();

  /** Returns unknown properties. */
  Extras extras();

  /**
   * A counter.
   *
   * @param identity what it is told by
   * @param packets counted, or null
   * @param bytes octets counted, or null
   * @param comment or null
   * @param extras unknown properties
   */
  record Counter(
      Identity identity,
      @Nullable Long packets,
      @Nullable Long bytes,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.COUNTER;
    }
  }

  /**
   * A quota.
   *
   * @param identity what it is told by
   * @param bytes the threshold in octets, or null
   * @param used octets that have passed, or null
   * @param isOver true: matches from the threshold on
   * @param comment or null
   * @param extras unknown properties
   */
  record Quota(
      Identity identity,
      @Nullable Long bytes,
      @Nullable Long used,
      boolean isOver,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.QUOTA;
    }
  }

  /**
   * A limit.
   *
   * @param identity what it is told by
   * @param rate how much per period
   * @param unit what is counted
   * @param period the time
   * @param burst how much more may come at once, or null
   * @param burstUnit octets, kbytes or mbytes when {@code unit} is no packets
   * @param isOver true: matches what exceeds the rate
   * @param comment or null
   * @param extras unknown properties
   */
  record Limit(
      Identity identity,
      long rate,
      LimitUnit unit,
      LimitPeriod period,
      @Nullable Long burst,
      LimitUnit burstUnit,
      boolean isOver,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.LIMIT;
    }
  }

  /**
   * A helper of connection tracking.
   *
   * @param identity what it is told by
   * @param type the kernel's helper: {@code ftp}, {@code tftp}, {@code sip}, …
   * @param protocol {@code tcp} or {@code udp}
   * @param networkFamily or null: the table's
   * @param comment or null
   * @param extras unknown properties
   */
  record CtHelper(
      Identity identity,
      String type,
      String protocol,
      @Nullable NftFamily networkFamily,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.CT_HELPER;
    }
  }

  /**
   * Timeouts of connection tracking.
   *
   * @param identity what it is told by
   * @param protocol {@code tcp} or {@code udp}
   * @param networkFamily or null: the table's
   * @param policy seconds by state; a state that is missing keeps its default; null: listed without
   * @param comment or null
   * @param extras unknown properties
   */
  record CtTimeout(
      Identity identity,
      String protocol,
      @Nullable NftFamily networkFamily,
      @Nullable Map<String, Long> policy,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    /** Copies the policy and keeps its order. */
    public CtTimeout {
      policy = policy == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(policy));
    }

    @Override
    public ObjectKind kind() {
      return ObjectKind.CT_TIMEOUT;
    }
  }

  /**
   * An expected connection.
   *
   * @param identity what it is told by
   * @param protocol {@code tcp} or {@code udp}
   * @param networkFamily or null: the table's
   * @param port the destination port
   * @param timeoutMillis how long it is expected
   * @param size how many at the same time, 1 to 255
   * @param comment or null
   * @param extras unknown properties
   */
  record CtExpectation(
      Identity identity,
      String protocol,
      @Nullable NftFamily networkFamily,
      @Nullable Integer port,
      @Nullable Long timeoutMillis,
      @Nullable Integer size,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.CT_EXPECTATION;
    }
  }

  /**
   * A SYN proxy.
   *
   * @param identity what it is told by
   * @param segmentSize TCP's maximum segment size
   * @param windowScale 0 to 14
   * @param flags TCP options offered
   * @param comment or null
   * @param extras unknown properties
   */
  record SynProxy(
      Identity identity,
      int segmentSize,
      int windowScale,
      List<SynProxyFlag> flags,
      @Nullable String comment,
      Extras extras)
      implements StatefulObject {
    /** Copies the flags. */
    public SynProxy {
      flags = List.copyOf(flags);
    }

    @Override
    public ObjectKind kind() {
      return ObjectKind.SYNPROXY;
    }
  }

  /**
   * A security mark.
   *
   * @param identity what it is told by
   * @param context of the security module, or null
   * @param comment or null
   * @param extras unknown properties
   */
  record SecurityMark(
      Identity identity, @Nullable String context, @Nullable String comment, Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.SECMARK;
    }
  }

  /**
   * A tunnel; since nftables 1.1.6. Its properties besides the id stay as they came.
   *
   * @param identity what it is told by
   * @param id the tunnel id
   * @param comment or null
   * @param extras the other properties
   */
  record Tunnel(Identity identity, @Nullable Long id, @Nullable String comment, Extras extras)
      implements StatefulObject {
    @Override
    public ObjectKind kind() {
      return ObjectKind.TUNNEL;
    }
  }
}
