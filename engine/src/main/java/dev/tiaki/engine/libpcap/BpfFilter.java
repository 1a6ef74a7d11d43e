package dev.tiaki.engine.libpcap;

import dev.tiaki.engine.packet.LinkType;
import dev.tiaki.engine.packet.Packet;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter in the language of libpcap (pcap-filter(7)), for frames of any link type: it is compiled
 * for a type when the first such frame comes. Used by one thread.
 */
public final class BpfFilter {
  private static final List<LinkType> USUAL =
      List.of(LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL);

  /** What libpcap complains of when no frame of the link type can pass. */
  private static final String NOTHING = "expression rejects all packets";

  private static final int LOOPBACK_BYTES = 4;

  /** The numbers of the two families of IP in the systems that have BSD's loopback. */
  private static final int IPV4 = 2;

  private static final int IPV6_LINUX = 10;
  private static final int IPV6_WINDOWS = 23;
  private static final int IPV6_NETBSD = 24;
  private static final int IPV6_FREEBSD = 28;
  private static final int IPV6_DARWIN = 30;

  private final BpfCompiler compiler;
  private final String expression;
  private @Nullable LinkType compiledFor;
  private MemorySegment instructions = MemorySegment.NULL;

  private BpfFilter(BpfCompiler compiler, String expression) {
    this.compiler = compiler;
    this.expression = expression;
  }

  /**
   * Makes a filter.
   *
   * @throws IllegalArgumentException when the expression makes no sense for any usual link type;
   *     the message is libpcap's
   * @throws IOException when there is no libpcap
   */
  public static BpfFilter of(String expression) throws IOException {
    BpfFilter filter = new BpfFilter(BpfCompiler.load(), expression);
    IOException refusal = null;
    for (LinkType link : USUAL) {
      try {
        filter.compileFor(link);
        return filter;
      } catch (IOException e) {
        refusal = refusal == null ? e : refusal;
      }
    }
    throw new IllegalArgumentException(
        refusal == null ? "" : String.valueOf(refusal.getMessage()), refusal);
  }

  /**
   * Tells whether a frame passes.
   *
   * @throws IOException when the expression makes no sense for frames of this link type
   */
  public boolean matches(Packet packet) throws IOException {
    int header = loopbackHeader(packet);
    LinkType link = header > 0 ? LinkType.RAW : packet.linkType();
    if (!link.equals(compiledFor)) {
      compileFor(link);
    }
    return !instructions.equals(MemorySegment.NULL)
        && compiler.matches(
            instructions, packet.array(), header, packet.length(), packet.originalLength());
  }

  /**
   * Returns how many octets stand before the IP packet in a frame of BSD's loopback, 0 in others.
   * They are a number for the protocol, in the order of the host that captured: libpcap compares it
   * with the numbers of the host that it runs on, which are others for IPv6.
   */
  private static int loopbackHeader(Packet packet) {
    boolean isLoopback =
        packet.linkType().equals(LinkType.NULL) || packet.linkType().equals(LinkType.LOOP);
    if (!isLoopback || packet.length() < LOOPBACK_BYTES) {
      return 0;
    }
    byte[] frame = packet.array();
    boolean isSmallFirst = frame[1] == 0 && frame[2] == 0 && frame[3] == 0;
    boolean isSmallLast = frame[0] == 0 && frame[1] == 0 && frame[2] == 0;
    int family = isSmallFirst ? frame[0] : isSmallLast ? frame[3] : 0;
    return switch (family) {
      case IPV4, IPV6_LINUX, IPV6_WINDOWS, IPV6_NETBSD, IPV6_FREEBSD, IPV6_DARWIN -> LOOPBACK_BYTES;
      default -> 0;
    };
  }

  private void compileFor(LinkType link) throws IOException {
    try {
      instructions = compiler.compile(expression, Libpcap.memoryNumber(link));
    } catch (IOException e) {
      if (NOTHING.equals(e.getMessage())) {
        instructions = MemorySegment.NULL;
        compiledFor = link;
        return;
      }
      throw new IOException(
          "filter '%s' for %s frames: %s".formatted(expression, link, e.getMessage()), e);
    }
    compiledFor = link;
  }

  /** Returns the expression. */
  @Override
  public String toString() {
    return expression;
  }
}
