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
    if (!packet.linkType().equals(compiledFor)) {
      compileFor(packet.linkType());
    }
    return !instructions.equals(MemorySegment.NULL)
        && compiler.matches(instructions, packet.array(), packet.length(), packet.originalLength());
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
